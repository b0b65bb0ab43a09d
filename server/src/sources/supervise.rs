//! Keeps an account listening: as things are written where that can be, else by asking now and then,
//! and after every trouble once more, each time a little later.

use std::{sync::Arc, time::Duration};

use shared::Reach;
use sources::{Tags, Trouble, World};
use tokio::time::{sleep, timeout};

use super::{ears::Listener, health::Health, network::Network};

/// The first and the longest wait before another try.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// So many losses in a row, and it is asked now and then instead, for a while.
const LOSSES: u32 = 3;
const ASKING: Duration = Duration::from_mins(2);
/// How long a refusal is left alone: somebody has to change something first.
const REFUSED: Duration = Duration::from_mins(5);

/// Listens for ever.
pub async fn listen(network: Arc<Network>, tags: Tags, ears: Listener, health: Arc<Health>, world: Arc<dyn World>) {
    let mut losses: u32 = 0;
    let mut may_stream = true;
    loop {
        if may_stream {
            let trouble = network.stream(tags.clone(), &ears).await;
            if health.reach() == Reach::Stream {
                losses = 0;
            }
            losses = losses.saturating_add(1);
            health.lost(Reach::Away, trouble.to_string(), world.now());
            match trouble {
                Trouble::Refused(_) => may_stream = false,
                Trouble::Wait(asked) => sleep(asked).await,
                Trouble::Lost(_) | Trouble::NotKept(_) => sleep(wait(losses, world.chance())).await,
            }
        }
        if !may_stream || losses >= LOSSES {
            let asked = timeout(ASKING, network.poll(tags.clone(), &ears)).await;
            match asked {
                // For as long as asking goes well, streaming is tried again in between.
                Err(_) => {}
                Ok(None) => {
                    let reach = if may_stream { Reach::Away } else { Reach::Hand };
                    health.lost(reach, health.error().unwrap_or_default(), world.now());
                    if !may_stream {
                        sleep(REFUSED).await;
                    }
                }
                Ok(Some(Trouble::Refused(words))) => {
                    health.lost(Reach::Hand, words, world.now());
                    sleep(REFUSED).await;
                }
                Ok(Some(trouble)) => {
                    health.lost(Reach::Away, trouble.to_string(), world.now());
                    let asked = if let Trouble::Wait(asked) = trouble { asked } else { Duration::ZERO };
                    losses = losses.saturating_add(1);
                    sleep(asked.max(wait(losses, world.chance()))).await;
                }
            }
            may_stream = true;
        }
    }
}

/// Twice as long each time, and never the same for two servers that were lost together.
fn wait(losses: u32, chance: f64) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(losses.min(16).saturating_sub(1))).min(LONGEST_WAIT);
    longest.mul_f64(0.5 + chance / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_minute_and_are_spread() {
        assert_eq!(wait(1, 1.0), FIRST_WAIT);
        assert_eq!(wait(1, 0.0), FIRST_WAIT / 2);
        assert!(wait(4, 0.5) > wait(3, 0.5));
        assert_eq!(wait(1_000, 1.0), LONGEST_WAIT);
    }
}
