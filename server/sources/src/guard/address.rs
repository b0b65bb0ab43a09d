//! Which addresses belong to the public internet (IANA's special-purpose registries).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one of the public internet's, of one host.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    if segments.starts_with(&[0x64, 0xFF9B, 0, 0, 0, 0]) {
        // What a name without an IPv6 address becomes on a network that has only IPv6.
        return ip.octets().last_chunk::<4>().is_some_and(|&inner| is_public_v4(inner.into()));
    }
    let [a, b, ..] = segments;
    let global = a & 0xE000 == 0x2000;
    // Protocol assignments and Teredo, documentation (two), 6to4.
    let special = (a == 0x2001 && b < 0x200) || (a, b) == (0x2001, 0xDB8) || a == 0x2002 || (a == 0x3FFF && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_addresses_are_not_public_in_any_notation() {
        for inner in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "3fff::1",
            "100::1",
        ] {
            assert!(!is_public(inner.parse().expect("an address")), "{inner}");
        }
    }

    #[test]
    fn addresses_of_real_servers_are_public() {
        for outer in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "185.15.59.224",
            "192.1.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2a02:ec80:300:ed1a::1",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(is_public(outer.parse().expect("an address")), "{outer}");
        }
    }
}
