//! The file of trained weights: sections of numbers that are read where they lie.
//!
//! Layout, little-endian: the magic, the format's version, the number of sections, the file's length, a checksum of
//! all that follows the head, then the table of sections (kind, element size, offset, length in bytes) and the
//! sections, each at a multiple of 64 bytes. Nothing is copied; a file that does not hold together is an error.

use bytemuck::{AnyBitPattern, NoUninit};
use thiserror::Error;

const MAGIC: [u8; 8] = *b"ngsyntax";
/// Version of the layout and of the features that the weights were trained for.
pub const FORMAT: u32 = 3;
const ALIGN: usize = 64;
const HEAD: usize = 32;
const ROW: usize = 24;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The bytes are no model, or of a machine with the other byte order.
    #[error("this is no syntax model; make one with `cargo xtask train syntax`")]
    Magic,
    /// The model was made for another version of the program.
    #[error("the syntax model has format {found}, this program reads format {FORMAT}; train it anew")]
    Format {
        /// The format that the file names.
        found: u32,
    },
    /// Bytes are missing or too many.
    #[error("the syntax model should have {expected} bytes and has {found}; the file was cut or damaged")]
    Length {
        /// Bytes that the head promises.
        expected: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// The content changed after it was written.
    #[error("the checksum of the syntax model is wrong; the file was damaged")]
    Checksum,
    /// A section is absent or does not have the size that its use needs.
    #[error("section {section:?} of the syntax model is absent or has the wrong size; train it anew")]
    Section {
        /// Which section.
        section: Section,
    },
    /// The bytes do not lie at a multiple of 8.
    #[error(
        "the syntax model lies at an address that is no multiple of 8; copy it with `AlignedBytes::copy`"
    )]
    Alignment,
}

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)*) => {
        /// What a section of the file holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum Section { $($(#[$doc])* $name = $number,)* }
    };
}

sections! {
    /// Joint tags: UPOS and XPOS, a byte each.
    Tags = 1,
    /// Hash table of known words: keys.
    WordKeys = 2,
    /// Hash table of known words: numbers of the words.
    WordIds = 3,
    /// For each known word, the tags it was seen with.
    WordSeen = 4,
    /// For each known word, the tags it may get.
    WordAllowed = 5,
    /// The tagger's weights: a row of 64 for each hashed feature.
    TagWeights = 6,
    /// Lemmatiser's hash table: keys.
    LemmaKeys = 7,
    /// Lemmatiser's hash table: numbers of the edit scripts.
    LemmaScripts = 8,
    /// Edit scripts: case, bytes to strip, offset and length of what is appended.
    Scripts = 9,
    /// What scripts append.
    Endings = 10,
    /// Sizes of the parser's network.
    NetSizes = 11,
    /// The parser's network: weights, all layers one after another.
    NetWeights = 12,
    /// The parser's network: biases, all layers one after another.
    NetBiases = 13,
    /// The parser's network: embeddings.
    NetEmbeddings = 14,
}

/// A file of sections, checked.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'m> {
    bytes: &'m [u8],
    count: usize,
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(word(bytes, at)?) | u64::from(word(bytes, at + 4)?) << 32)
}

/// A sum that any changed, moved or lost byte disturbs: four lanes of multiply and rotate, for speed.
fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [1u64, 2, 3, 4];
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut step = |block: &[u8; 32]| {
        let (words, _) = block.as_chunks::<8>();
        for (lane, eight) in lanes.iter_mut().zip(words) {
            *lane = (*lane ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        }
    };
    blocks.iter().for_each(&mut step);
    let mut last = [0u8; 32];
    last[..rest.len()].copy_from_slice(rest);
    step(&last);
    lanes
        .iter()
        .fold(bytes.len() as u64, |h, lane| (h ^ lane).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(31))
}

impl<'m> Sections<'m> {
    /// Checks the head, the length and the checksum.
    ///
    /// # Errors
    /// Any [`ModelError`] but the one about a section.
    pub fn read(bytes: &'m [u8]) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(&MAGIC) || cfg!(target_endian = "big") {
            return Err(ModelError::Magic);
        }
        let cut = ModelError::Length { expected: HEAD as u64, found: bytes.len() as u64 };
        let found = word(bytes, 8).ok_or(cut.clone())?;
        if found != FORMAT {
            return Err(ModelError::Format { found });
        }
        let count = word(bytes, 12).ok_or(cut.clone())? as usize;
        let expected = long(bytes, 16).ok_or(cut.clone())?;
        let sum = long(bytes, 24).ok_or(cut)?;
        if expected != bytes.len() as u64 {
            return Err(ModelError::Length { expected, found: bytes.len() as u64 });
        }
        if sum != checksum(bytes.get(HEAD..).unwrap_or(&[])) {
            return Err(ModelError::Checksum);
        }
        if !(bytes.as_ptr() as usize).is_multiple_of(align_of::<u64>()) {
            return Err(ModelError::Alignment);
        }
        Ok(Self { bytes, count })
    }

    /// The numbers of a section.
    ///
    /// # Errors
    /// [`ModelError::Section`] where it is absent or of another type.
    pub fn get<T: AnyBitPattern>(&self, section: Section) -> Result<&'m [T], ModelError> {
        let fault = ModelError::Section { section };
        for row in 0..self.count {
            let at = HEAD + row * ROW;
            if word(self.bytes, at).ok_or(fault.clone())? != section as u32 {
                continue;
            }
            let size = word(self.bytes, at + 4).ok_or(fault.clone())? as usize;
            let start = long(self.bytes, at + 8).ok_or(fault.clone())? as usize;
            let len = long(self.bytes, at + 16).ok_or(fault.clone())? as usize;
            let end = start.checked_add(len).ok_or(fault.clone())?;
            let slice = self.bytes.get(start..end).ok_or(fault.clone())?;
            if size != size_of::<T>() {
                return Err(fault);
            }
            return bytemuck::try_cast_slice(slice).map_err(|_| fault);
        }
        Err(fault)
    }

    /// The numbers of a section that must have `len` of them.
    ///
    /// # Errors
    /// [`ModelError::Section`] where it is absent, of another type or another length.
    pub fn exactly<T: AnyBitPattern>(&self, section: Section, len: usize) -> Result<&'m [T], ModelError> {
        let numbers = self.get(section)?;
        if numbers.len() == len { Ok(numbers) } else { Err(ModelError::Section { section }) }
    }
}

/// A copy of a model's bytes that lies as [`Sections::read`] wants it; for models that come from a file.
#[derive(Clone, Debug)]
pub struct AlignedBytes(Vec<u64>);

impl AlignedBytes {
    /// Copies the bytes; the last word is filled up with zeros, which a whole model never needs.
    pub fn copy(bytes: &[u8]) -> Self {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0u8; 8];
        last[..rest.len()].copy_from_slice(rest);
        let tail = (!rest.is_empty()).then_some(last);
        Self(words.iter().copied().chain(tail).map(u64::from_ne_bytes).collect())
    }

    /// The bytes, at an aligned address.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

/// Puts sections together into a file; what a training command writes.
#[derive(Clone, Debug, Default)]
pub struct SectionWriter {
    sections: Vec<(Section, u32, Vec<u8>)>,
}

impl SectionWriter {
    /// Adds a section.
    pub fn add<T: NoUninit>(&mut self, section: Section, numbers: &[T]) {
        self.sections.push((section, size_of::<T>() as u32, bytemuck::cast_slice(numbers).to_vec()));
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        let mut out = vec![0u8; HEAD + ROW * self.sections.len()];
        for (row, (section, size, bytes)) in self.sections.iter().enumerate() {
            out.resize(out.len().next_multiple_of(ALIGN), 0);
            let at = HEAD + row * ROW;
            out[at..at + 4].copy_from_slice(&(*section as u32).to_le_bytes());
            out[at + 4..at + 8].copy_from_slice(&size.to_le_bytes());
            let start = out.len() as u64;
            out[at + 8..at + 16].copy_from_slice(&start.to_le_bytes());
            out[at + 16..at + 24].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
            out.extend_from_slice(bytes);
        }
        out.resize(out.len().next_multiple_of(ALIGN), 0);
        let sum = checksum(&out[HEAD..]);
        let len = out.len() as u64;
        out[..8].copy_from_slice(&MAGIC);
        out[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        out[12..16].copy_from_slice(&(self.sections.len() as u32).to_le_bytes());
        out[16..24].copy_from_slice(&len.to_le_bytes());
        out[24..32].copy_from_slice(&sum.to_le_bytes());
        out
    }
}
