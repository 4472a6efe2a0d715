//! How many connections an address may have open, so that one machine does not take the places of all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Open connections by address; cheap to clone.
#[derive(Debug, Clone)]
pub struct Places {
    most: usize,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A place of an address, until it is dropped.
#[derive(Debug)]
pub struct Place {
    places: Places,
    address: IpAddr,
}

impl Places {
    /// So many for each address.
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), taken: Arc::default() }
    }

    /// A place for that address; none when it has all of its own.
    pub fn take(&self, address: IpAddr) -> Option<Place> {
        let address = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place { places: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

/// What counts as one address: of IPv6 the first 64 bits, for whoever has one has them all (RFC 6177).
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) >> 64 << 64).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_its_own_places_and_gets_them_back() {
        let places = Places::new(2);
        let (first, _second) = (places.take(at("10.0.0.7")).unwrap(), places.take(at("10.0.0.7")).unwrap());
        assert!(places.take(at("10.0.0.7")).is_none() && places.take(at("::ffff:10.0.0.7")).is_none());
        assert!(places.take(at("10.0.0.8")).is_some(), "those of others are free");
        drop(first);
        assert!(places.take(at("10.0.0.7")).is_some());
    }

    #[test]
    fn nothing_is_kept_of_who_has_gone() {
        let places = Places::new(1);
        drop(places.take(at("10.0.0.7")));
        assert!(places.taken.lock().unwrap().is_empty());
    }

    #[test]
    fn neighbours_in_ipv6_are_one() {
        assert_eq!(network(at("2001:db8:1:2:aaaa::1")), network(at("2001:db8:1:2:bbbb::2")));
        assert_ne!(network(at("2001:db8:1:2::1")), network(at("2001:db8:1:3::1")));
        assert_eq!(network(at("10.0.0.7")), at("10.0.0.7"));
    }
}
