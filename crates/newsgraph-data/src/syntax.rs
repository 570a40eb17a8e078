//! The model of tagger, lemmatiser and parser; `data/syntax/README.md` names origin, licence and command.

/// Bytes at a multiple of 64, a cache line, so that tables can be read where they lie.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../data/syntax/model.bin"));

/// The weights, in the format of `newsgraph_syntax::Model`, at a multiple of 64 bytes.
pub fn model() -> &'static [u8] {
    &MODEL.0
}
