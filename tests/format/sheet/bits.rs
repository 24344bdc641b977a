//! The bits of a sheet.

use super::super::walker::Walker;
use super::DAY;

/// Bits of bytes, the lowest of each first.
pub struct Bits(Vec<bool>, usize);

impl Bits {
    /// All that is left.
    pub fn of(from: &mut Walker) -> Bits {
        let bytes = from.bytes(from.0.len());
        Bits(bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)).collect(), 0)
    }

    pub fn low(&mut self, count: u32) -> u64 {
        let mut number = 0;
        for place in 0..count {
            number |= u64::from(self.0[self.1]) << place;
            self.1 += 1;
        }
        number
    }

    pub fn golomb(&mut self, order: u32) -> u64 {
        let mut digits = 0;
        while self.low(1) == 0 {
            digits += 1;
        }
        let head = (1 << digits | self.low(digits)) - 1;
        head << order | self.low(order)
    }

    pub fn column(&mut self, count: u64) -> Vec<u64> {
        let order = self.low(6) as u32;
        assert!(order <= 53);
        (0..count).map(|_| self.golomb(order)).collect()
    }

    pub fn ascending(&mut self, count: u64) -> Vec<u64> {
        let mut numbers = self.column(count);
        for place in 1..numbers.len() {
            assert!(numbers[place] > 0, "each is more than the one before");
            numbers[place] += numbers[place - 1];
        }
        numbers
    }

    pub fn dates(&mut self, count: u64, times: &[u64]) -> Vec<u64> {
        let mut days = self.column(count);
        for place in 1..days.len() {
            days[place] += days[place - 1];
        }
        let width = (0..).find(|&width| 1_usize << width >= times.len()).expect("there is one");
        days.into_iter().map(|day| day * DAY + times[self.low(width) as usize]).collect()
    }

    /// Nothing but the free bits of the last byte follows, which are 0.
    pub fn end(&self) {
        let rest = &self.0[self.1..];
        assert!(rest.len() < 8 && rest.iter().all(|bit| !bit));
    }
}
