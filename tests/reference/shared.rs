//! Values that many copies of a shop have in common: copying them costs nothing until one is changed.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// A value that is copied when a copy of it is written to, and not before. The reference tries
/// things out on copies of the whole shop, most of which stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Shared<T>(Rc<T>);

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Shared(Rc::new(value))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Rc::make_mut(&mut self.0)
    }
}
