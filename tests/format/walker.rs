//! How things are written, by the first table of the document.

/// Takes things off the front of bytes.
pub struct Walker<'b>(pub &'b [u8]);

impl<'b> Walker<'b> {
    pub fn bytes(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    pub fn byte(&mut self) -> u8 {
        self.bytes(1)[0]
    }

    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.bytes(4).try_into().expect("four bytes"))
    }

    pub fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes(8).try_into().expect("eight bytes"))
    }

    pub fn double(&mut self) -> f64 {
        f64::from_bits(self.u64())
    }

    pub fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                assert!(byte > 0 || shift == 7, "as short as can be");
                return number;
            }
        }
    }

    pub fn signed(&mut self) -> i64 {
        let number = self.number();
        if number.is_multiple_of(2) { (number / 2) as i64 } else { -((number / 2) as i64) - 1 }
    }

    pub fn optional(&mut self) -> Option<u64> {
        self.number().checked_sub(1)
    }

    /// So many flags.
    pub fn flags<const N: usize>(&mut self) -> [bool; N] {
        let flags = self.number();
        assert!(flags < 1 << N, "a bit that is not named is not set");
        core::array::from_fn(|bit| flags >> bit & 1 == 1)
    }

    pub fn text(&mut self) -> String {
        let length = self.number() as usize;
        String::from_utf8(self.bytes(length).to_vec()).expect("it is UTF-8")
    }

    pub fn id(&mut self) -> String {
        let id = self.text();
        assert!((1..=128).contains(&id.len()), "an id is 1 to 128 bytes");
        id
    }

    /// A number below 2^53: an instant or a quantity.
    pub fn safe(&mut self) -> u64 {
        let number = self.number();
        assert!(number < 1 << 53);
        number
    }

    /// A place in a list of so many.
    pub fn place(&mut self, of: usize) -> usize {
        let place = self.number() as usize;
        assert!(place < of, "{place} of {of}");
        place
    }

    pub fn optional_place(&mut self, of: usize) -> Option<usize> {
        let place = self.optional()? as usize;
        assert!(place < of, "{place} of {of}");
        Some(place)
    }

    /// One of so many values of a byte.
    pub fn one_of(&mut self, count: u8) -> u8 {
        let byte = self.byte();
        assert!(byte < count, "{byte} of {count}");
        byte
    }

    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.number();
        (0..count).map(|_| read(self)).collect()
    }
}
