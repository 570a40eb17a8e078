//! Compressed inputs: gzip of any number of members, Zstandard of any number of frames.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes that are unpacked at a time.
const BUFFER: usize = 1 << 18;

/// The first bytes of a gzip member.
const GZIP: [u8; 2] = [0x1F, 0x8B];
/// The first bytes of a Zstandard frame.
const ZSTANDARD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// An empty block that ends a Zstandard frame, and room for a checksum, which is not compared (RFC 8878, section 3.1.1.2).
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

/// The extensions of compressed files.
const EXTENSIONS: [&str; 4] = ["gz", "gzip", "zst", "zstd"];

/// The name of a file without the extension that says that it is compressed.
pub fn without_compression(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()) => stem,
        _ => name,
    }
}

/// Unpacks an input that is compressed, which its first bytes tell; any other comes back as it is.
///
/// What a damaged input held before the damage can be read; then comes an error. (Of Zstandard, all whole blocks.)
///
/// # Errors
/// When the first bytes cannot be read.
pub fn decompress<'r>(mut input: impl BufRead + 'r) -> io::Result<Box<dyn BufRead + 'r>> {
    let mut head = Vec::new();
    input.by_ref().take(ZSTANDARD.len() as u64).read_to_end(&mut head)?;
    let (gzip, zstandard) = (head.starts_with(&GZIP), head == ZSTANDARD);
    let input = Cursor::new(head).chain(input);
    Ok(if gzip {
        Box::new(BufReader::with_capacity(BUFFER, Named(MultiGzDecoder::new(input))))
    } else if zstandard {
        Box::new(BufReader::with_capacity(BUFFER, Frames::new(input)))
    } else {
        Box::new(input)
    })
}

/// Says in errors what could not be unpacked.
struct Named<R>(R);

impl<R: Read> Read for Named<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(|error| damaged("gzip", error.kind(), &error))
    }
}

fn damaged(what: &str, kind: io::ErrorKind, error: &dyn std::error::Error) -> io::Error {
    let how = if kind == io::ErrorKind::UnexpectedEof { "cut off" } else { "damaged" };
    io::Error::new(kind, format!("{what} data {how}: {error}"))
}

/// The frames of a Zstandard file, one after the other.
struct Frames<R> {
    input: Chain<Cursor<Vec<u8>>, R>,
    frame: FrameDecoder,
    within: bool,
    /// What ends the input, once all that lies before it was read.
    error: Option<io::Error>,
}

impl<R: BufRead> Frames<R> {
    fn new(input: Chain<Cursor<Vec<u8>>, R>) -> Self {
        Self { input, frame: FrameDecoder::new(), within: false, error: None }
    }

    /// Begins the next frame, passing over those that hold no data; false at the end of the input.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.frame.reset(&mut self.input) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.input.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(self.damaged(&error)),
            }
        }
        Ok(false)
    }

    /// Unpacks blocks until some `bytes` are there. The decoder holds back a window of data until the frame ends; so where the
    /// input is cut off, the frame is ended in its place.
    fn unpack(&mut self, bytes: usize) -> io::Result<()> {
        let step = BlockDecodingStrategy::UptoBytes(bytes);
        let Err(error) = self.frame.decode_blocks(&mut self.input, step) else { return Ok(()) };
        let error = self.damaged(&error);
        match self.frame.decode_blocks(&mut LAST_BLOCK.as_slice(), BlockDecodingStrategy::All) {
            Ok(_) => {
                self.error = Some(error);
                Ok(())
            }
            Err(_) => Err(error),
        }
    }

    /// An input that has come to its end within a frame was cut off.
    fn damaged(&mut self, error: &FrameDecoderError) -> io::Error {
        let ended = self.input.fill_buf().is_ok_and(<[u8]>::is_empty);
        let kind = if ended { io::ErrorKind::UnexpectedEof } else { io::ErrorKind::InvalidData };
        damaged("Zstandard", kind, error)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.within && self.frame.can_collect() > 0 {
                return self.frame.read(out);
            }
            if let Some(error) = self.error.take() {
                self.within = false;
                return Err(error);
            }
            if self.within && !self.frame.is_finished() {
                self.unpack(out.len())?;
                continue;
            }
            self.within = self.begin()?;
            if !self.within {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    /// What can be read, and the message of the error that ends it.
    fn unpacked(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
        let mut out = Vec::new();
        let result = decompress(bytes).and_then(|mut input| input.read_to_end(&mut out));
        (out, result.err().map(|error| error.to_string()))
    }

    #[test]
    fn unpacks_members_and_frames() {
        let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let rows: [(&str, Vec<u8>, &[u8]); 8] = [
            ("plain", b"one two".to_vec(), b"one two"),
            ("short", b"1".to_vec(), b"1"),
            ("empty", vec![], b""),
            ("gzip", gzip(b"one"), b"one"),
            ("two members", [gzip(b"one"), gzip(b" two")].concat(), b"one two"),
            ("Zstandard", zstandard(b"one"), b"one"),
            ("two frames", [zstandard(b"one"), zstandard(b" two")].concat(), b"one two"),
            ("skippable", [zstandard(b"one"), skippable, zstandard(b" two")].concat(), b"one two"),
        ];
        for (name, packed, expected) in rows {
            assert_eq!(unpacked(&packed), (expected.to_vec(), None), "{name}");
        }
        let large: Vec<u8> = (0..2_000_000u32).flat_map(|n| n.wrapping_mul(n).to_le_bytes()).collect();
        assert!(unpacked(&gzip(&large)) == (large.clone(), None));
        assert!(unpacked(&zstandard(&large)) == (large, None));
    }

    #[test]
    fn gives_what_lies_before_the_damage() {
        let text = "Ships sailed at dawn. ".repeat(1000);
        let (whole, cut) = (gzip(text.as_bytes()), gzip(b"and more"));
        let (out, error) = unpacked(&[&whole[..], &cut[..12]].concat());
        assert!(out.starts_with(text.as_bytes()));
        assert!(error.unwrap().starts_with("gzip data cut off: "));

        let frame = zstandard(text.as_bytes());
        let (out, error) = unpacked(&[&frame[..], &frame[..frame.len() - 3]].concat());
        assert!(out.starts_with(text.as_bytes()));
        assert!(error.unwrap().starts_with("Zstandard data cut off: "));
        // A frame of several blocks gives all that are whole, though the decoder holds back a window of them.
        let large: Vec<u8> =
            (0..200_000u32).flat_map(|n| n.wrapping_mul(0x9E37_79B9).to_le_bytes()).collect();
        let frame_of_blocks = zstandard(&large);
        let (out, error) = unpacked(&frame_of_blocks[..frame_of_blocks.len() / 2]);
        assert!(out.len() > large.len() / 2 - (1 << 17) && large.starts_with(&out), "{}", out.len());
        assert!(error.unwrap().starts_with("Zstandard data cut off: "));
        let (_, error) = unpacked(&[&frame[..], b"no frame"].concat());
        assert!(error.unwrap().starts_with("Zstandard data damaged: "));
    }

    #[test]
    fn knows_names() {
        assert_eq!(without_compression("a.jsonl.gz"), "a.jsonl");
        assert_eq!(without_compression("a.b.ZST"), "a.b");
        assert_eq!(without_compression("gz"), "gz");
    }
}
