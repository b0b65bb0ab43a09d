//! Where on the network a request comes from: what limits are counted by where there is no
//! participant. Never stored, never logged.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::http::HeaderMap;

/// The bits of an IPv6 address that a household or a hall is given (RFC 6177): who has one address
/// there has all of them.
const HOUSEHOLD: u128 = u128::MAX << 64;

/// An IPv4 address, or the /64 around an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() & HOUSEHOLD).into(),
            four @ IpAddr::V4(_) => four,
        })
    }

    /// Whence a request comes: from the peer, or from whom the proxy in front says.
    pub fn of_request(behind_proxy: bool, headers: &HeaderMap, peer: IpAddr) -> Self {
        let forwarded = behind_proxy.then(|| forwarded(headers)).flatten();
        Self::of(forwarded.unwrap_or(peer))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    // The proxy nearest to this server wrote the last entry; earlier ones may be anybody's.
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    // Some proxies add the port.
    last.parse().ok().or_else(|| last.parse().ok().map(|socket: SocketAddr| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn a_household_counts_as_one_in_ipv6_and_by_address_in_ipv4() {
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"), "an IPv4 address in other clothes");
    }

    #[test]
    fn only_the_nearest_proxy_is_believed_and_only_when_there_is_one() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7:1234".parse().expect("a header"));
        let peer = "127.0.0.1".parse().expect("an address");
        assert_eq!(Network::of_request(true, &headers, peer), of("198.51.100.7"));
        assert_eq!(Network::of_request(false, &headers, peer), of("127.0.0.1"));
        headers.insert("x-forwarded-for", "nonsense".parse().expect("a header"));
        assert_eq!(Network::of_request(true, &headers, peer), of("127.0.0.1"));
    }
}
