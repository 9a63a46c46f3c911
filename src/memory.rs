//! Memory is asked for before it is filled: an allocation that fails ends a program.

use crate::Error;

/// What small allocations of the next moments may take together: where this much is left, none of them fails.
const SPARE: usize = 48 << 20;

/// So many small things are made between two looks at the memory that is left.
pub(crate) const STRIDE: usize = 1 << 12;

/// Checks that so many more bytes could be had, and some to spare: an allocation that fails ends a program.
pub(crate) fn room(bytes: usize) -> Result<(), Error> {
    let mut probe = Vec::<u8>::new();
    probe.try_reserve_exact(bytes.saturating_add(SPARE)).map_err(|_| no_room())?;
    // Unused it would be optimised away.
    std::hint::black_box(&mut probe);
    Ok(())
}

/// Appends to a list that grows with the input.
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) -> Result<(), Error> {
    if list.len() == list.capacity() {
        let more = list.len().max(64);
        if list.len() >= STRIDE {
            // Old and new list are both in memory until one is copied.
            room(more.saturating_mul(2 * size_of::<T>()))?;
        }
        list.try_reserve_exact(more).map_err(|_| no_room())?;
    }
    list.push(item);
    Ok(())
}

/// What is said where memory does not suffice.
pub(crate) fn no_room() -> Error {
    let kind = std::io::ErrorKind::OutOfMemory;
    Error::io("hold it in memory", std::io::Error::new(kind, "not enough memory is left. Split the input"))
}
