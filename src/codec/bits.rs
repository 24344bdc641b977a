//! Numbers as bits, for columns of which most are small.

use alloc::vec::Vec;

/// Appends bits, the first of a byte being its lowest.
#[derive(Default)]
pub(super) struct Bits {
    pub bytes: Vec<u8>,
    /// How many bits of the last byte are free.
    free: u32,
}

impl Bits {
    /// The lowest bits of a number, the lowest first.
    pub fn low(&mut self, number: u64, count: u32) {
        for place in 0..count {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((number >> place & 1) as u8) << (8 - self.free);
            }
            self.free -= 1;
        }
    }

    /// A number below 2^63 in the exponential Golomb code of an order (Teuhola, "A compression method for
    /// clustered bit-vectors", 1978): of the number over 2^order, plus one, a zero for each bit but the first,
    /// then a one and the bits after its first; then the lowest bits of the number, as many as the order.
    pub fn golomb(&mut self, number: u64, order: u32) {
        let head = (number >> order) + 1;
        let length = head.ilog2();
        self.low(0, length);
        self.low(1, 1);
        self.low(head, length);
        self.low(number, order);
    }

    /// A number that is mostly small.
    pub fn number(&mut self, number: u64) {
        self.golomb(number, 0);
    }

    /// Numbers, in the order that is the shortest for them, which is said first in 6 bits.
    pub fn column(&mut self, numbers: &[u64]) {
        let bits = |order: u32| -> u32 {
            numbers.iter().map(|number| ((number >> order) + 1).ilog2() * 2 + 1 + order).sum()
        };
        let order = (0..54).min_by_key(|&order| bits(order)).unwrap_or(0);
        self.low(u64::from(order), 6);
        numbers.iter().for_each(|&number| self.golomb(number, order));
    }

    /// Numbers that ascend, as what each is more than the one before it.
    pub fn ascending(&mut self, mut numbers: Vec<u64>) {
        let mut before = 0;
        for number in &mut numbers {
            *number -= core::mem::replace(&mut before, *number);
        }
        self.column(&numbers);
    }
}
