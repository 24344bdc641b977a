//! Numbers and text as bytes, and back without trusting them.

use super::SnapshotError;
use alloc::vec::Vec;
use core::cell::Cell;

/// Appends fields.
#[derive(Default)]
pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Seven bits a byte, the low ones first; the high bit says that more follow.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number that may be negative: 0, -1, 1, -2 … become 0, 1, 2, 3 …
    pub fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    /// 0 for none, else one more than the number. `none` is the number that stands for none.
    pub fn optional(&mut self, number: u64, none: u64) {
        self.number(if number == none { 0 } else { number + 1 });
    }

    /// A number whose bits say which of these hold, the first the lowest.
    pub fn flags(&mut self, flags: &[bool]) {
        self.number(flags.iter().zip(0..).map(|(&flag, bit)| u64::from(flag) << bit).sum());
    }

    /// Eight bytes, for numbers that are as likely large as small.
    pub fn fixed(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// That something is wrong. The reader has stopped there and knows what, so that handing this up costs next to nothing.
#[derive(Debug)]
pub(super) struct Corrupt;

pub(super) type Read<T> = Result<T, Corrupt>;

/// Takes fields off the front, each checked before it is believed.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Where `bytes` begins in the snapshot, for errors.
    offset: usize,
    /// What is wrong, if anything is.
    what: Cell<&'static str>,
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8], offset: usize) -> Self {
        Reader { bytes, at: 0, offset, what: Cell::new("") }
    }

    pub fn corrupt<T>(&self, what: &'static str) -> Read<T> {
        self.what.set(what);
        Err(Corrupt)
    }

    /// What was read, or what is wrong and where.
    pub fn told<T>(&self, read: Read<T>) -> Result<T, SnapshotError> {
        let at = (self.offset + self.at) as u64;
        read.map_err(|Corrupt| SnapshotError::Corrupt { at, what: self.what.get() })
    }

    /// Refuses unless this holds.
    pub fn ensure(&self, holds: bool, what: &'static str) -> Read<()> {
        if holds { Ok(()) } else { self.corrupt(what) }
    }

    pub fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub fn take(&mut self, count: usize) -> Read<&'b [u8]> {
        let end = self.at.checked_add(count);
        match end.and_then(|end| self.bytes.get(self.at..end)) {
            Some(taken) => {
                self.at += count;
                Ok(taken)
            }
            None => self.corrupt("ends too early"),
        }
    }

    pub fn byte(&mut self) -> Read<u8> {
        match self.take(1)? {
            [byte] => Ok(*byte),
            _ => self.corrupt("ends too early"),
        }
    }

    pub fn number(&mut self) -> Read<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        self.corrupt("a number above 2^64")
    }

    /// A number that must not be above `most`.
    pub fn at_most(&mut self, most: u64, what: &'static str) -> Read<u64> {
        let number = self.number()?;
        self.ensure(number <= most, what)?;
        Ok(number)
    }

    pub fn flags<const N: usize>(&mut self, what: &'static str) -> Read<[bool; N]> {
        let flags = self.number()?;
        self.ensure(flags < 1 << N, what)?;
        Ok(core::array::from_fn(|bit| flags >> bit & 1 == 1))
    }

    /// A sum with what follows, of at most `most`.
    pub fn step(&mut self, from: u64, most: u64, what: &'static str) -> Read<u64> {
        let sum = from.saturating_add(self.number()?);
        self.ensure(sum <= most, what)?;
        Ok(sum)
    }

    /// An index below `count`.
    pub fn index(&mut self, count: usize, what: &'static str) -> Read<u32> {
        let number = self.number()?;
        self.ensure(number < count as u64, what)?;
        Ok(number as u32)
    }

    pub fn signed(&mut self) -> Read<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// None as `none`, else a number of at most `most`.
    pub fn optional(&mut self, most: u64, none: u64, what: &'static str) -> Read<u64> {
        match self.number()? {
            0 => Ok(none),
            number => {
                self.ensure(number - 1 <= most, what)?;
                Ok(number - 1)
            }
        }
    }

    /// None as `u32::MAX`, else an index below `count`.
    pub fn optional_index(&mut self, count: usize, what: &'static str) -> Read<u32> {
        match self.number()? {
            0 => Ok(u32::MAX),
            number => {
                self.ensure(number <= count as u64, what)?;
                Ok((number - 1) as u32)
            }
        }
    }

    pub fn fixed(&mut self) -> Read<u64> {
        let taken = self.take(8)?;
        taken.try_into().map(u64::from_le_bytes).or_else(|_| self.corrupt("ends too early"))
    }

    pub fn text(&mut self) -> Read<&'b str> {
        let length = self.number()?;
        self.text_of(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// All that is left, as text.
    pub fn rest(&mut self) -> Read<&'b str> {
        self.text_of(self.bytes.len() - self.at)
    }

    fn text_of(&mut self, bytes: usize) -> Read<&'b str> {
        let taken = self.take(bytes)?;
        core::str::from_utf8(taken).or_else(|_| self.corrupt("text that is not UTF-8"))
    }

    /// One of the values of an enumeration, by its number.
    pub fn one_of<T: Copy>(&mut self, all: &[T], what: &'static str) -> Read<T> {
        let byte = self.byte()?;
        all.get(usize::from(byte)).copied().map_or_else(|| self.corrupt(what), Ok)
    }
}
