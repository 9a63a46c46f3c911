//! The program `patrol`.

fn main() {}
