//! What the operating system knows of this process, under the names that Prometheus gives it
//! everywhere. Read when somebody asks.

use std::fmt;

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{counter::ConstCounter, gauge::ConstGauge},
    registry::Unit,
};

/// This process.
#[derive(Debug)]
pub struct Process;

/// What there is to tell, as far as it can be read.
struct Usage {
    cpu_seconds: f64,
    resident_bytes: u64,
    threads: i64,
    descriptors: i64,
    most_descriptors: i64,
    start_seconds: f64,
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        // Where there is no /proc there is nothing to tell.
        let Ok(usage) = usage() else { return Ok(()) };
        let help = "Processor time used";
        tell(&mut encoder, "process_cpu", help, Some(&Unit::Seconds), &ConstCounter::new(usage.cpu_seconds))?;
        let resident = i64::try_from(usage.resident_bytes).unwrap_or(i64::MAX);
        tell(&mut encoder, "process_resident_memory", "Memory in use", Some(&Unit::Bytes), &ConstGauge::new(resident))?;
        let start = ConstGauge::new(usage.start_seconds);
        tell(&mut encoder, "process_start_time", "When it started (Unix time)", Some(&Unit::Seconds), &start)?;
        tell(&mut encoder, "process_threads", "Threads", None, &ConstGauge::new(usage.threads))?;
        let descriptors = ConstGauge::new(usage.descriptors);
        tell(&mut encoder, "process_open_fds", "File descriptors that are open", None, &descriptors)?;
        let most = ConstGauge::new(usage.most_descriptors);
        tell(&mut encoder, "process_max_fds", "File descriptors that may be open", None, &most)
    }
}

fn tell(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    unit: Option<&Unit>,
    metric: &impl EncodeMetric,
) -> fmt::Result {
    metric.encode(encoder.encode_descriptor(name, help, unit, metric.metric_type())?)
}

#[expect(clippy::cast_precision_loss, reason = "a clock's ticks stay far below 2^52")]
fn usage() -> procfs::ProcResult<Usage> {
    let process = procfs::process::Process::myself()?;
    let stat = process.stat()?;
    let ticks = procfs::ticks_per_second() as f64;
    let most = match process.limits()?.max_open_files.soft_limit {
        procfs::process::LimitValue::Value(most) => i64::try_from(most).unwrap_or(i64::MAX),
        procfs::process::LimitValue::Unlimited => i64::MAX,
    };
    Ok(Usage {
        cpu_seconds: (stat.utime + stat.stime) as f64 / ticks,
        resident_bytes: stat.rss * procfs::page_size(),
        threads: stat.num_threads,
        descriptors: i64::try_from(process.fd_count()?).unwrap_or(i64::MAX),
        most_descriptors: most,
        start_seconds: procfs::boot_time_secs()? as f64 + stat.starttime as f64 / ticks,
    })
}
