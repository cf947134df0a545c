//! A picture as a PNG in a `data:` address, for use inside SVG: with a table of 256 colours, or with any.
//!
//! The pixels are stored, not compressed: a field is small, and the file that holds it is
//! compressed on its way anyway. Formats: PNG (ISO/IEC 15948), zlib (RFC 1950), deflate (RFC 1951),
//! base64 (RFC 4648).

/// A `data:image/png` address. `indices` holds `width` pixels a row, from the upper row down.
pub(super) fn data_url(indices: &[u8], width: usize, palette: &[[u8; 4]; 256]) -> String {
    let colors: Vec<u8> = palette.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    whole_url(indices, width, Kind::Table(&colors))
}

/// The same of pixels that are red, green, blue and alpha; the last is left out.
pub(super) fn colors_url(pixels: &[u8], width: usize) -> String {
    let colors: Vec<u8> = pixels.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    whole_url(&colors, width, Kind::Colors)
}

/// What a pixel is: a place in a table of colours, or three bytes of its own.
enum Kind<'a> {
    Table(&'a [u8]),
    Colors,
}

fn whole_url(pixels: &[u8], width: usize, kind: Kind<'_>) -> String {
    let (number, bytes) = match kind {
        Kind::Table(_) => (3, width),
        Kind::Colors => (2, 3 * width),
    };
    let height = pixels.len() / bytes.max(1);
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    // Eight bits a number (8), of which kind, nothing special (0, 0, 0).
    let header = [&be(width)[..], &be(height), &[8, number, 0, 0, 0]].concat();
    chunk(&mut png, *b"IHDR", &header);
    if let Kind::Table(colors) = kind {
        chunk(&mut png, *b"PLTE", colors);
    }
    // Each row begins with its filter: none (0).
    let rows: Vec<u8> = pixels
        .chunks_exact(bytes.max(1))
        .flat_map(|row| std::iter::once(0).chain(row.iter().copied()))
        .collect();
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    format!("data:image/png;base64,{}", base64(&png))
}

/// A number as four bytes, the highest first.
#[allow(clippy::cast_possible_truncation, reason = "pictures have fewer than 2³² bytes")]
fn be(number: usize) -> [u8; 4] {
    (number as u32).to_be_bytes()
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(be(data.len()));
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let check = crc32(&png[start..]);
    png.extend(check.to_be_bytes());
}

/// A zlib stream of stored blocks.
#[allow(clippy::cast_possible_truncation, reason = "a block has at most 65,535 bytes")]
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(usize::from(u16::MAX));
    let count = blocks.len();
    for (number, block) in blocks.enumerate() {
        let length = block.len() as u16;
        stream.push(u8::from(number + 1 == count));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

fn base64(data: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(data.len().div_ceil(3) * 4);
    for group in data.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place)) & 63;
            text.push(if place <= group.len() { char::from(DIGITS[digit as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{adler32, base64, be, colors_url, crc32};

    #[test]
    fn checksums_agree_with_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_picture_of_any_colours_has_three_bytes_a_pixel() {
        let url = colors_url(&[1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255], 2);
        let header = [&[0, 0, 0, 13][..], b"IHDR", &be(2), &be(2), &[8, 2, 0, 0, 0]].concat();
        let begins = [&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a][..], &header].concat();
        assert!(url.starts_with(&format!("data:image/png;base64,{}", base64(&begins[..27]))));
        // Two rows of a filter and two pixels, in one stored block of 14 bytes.
        let rows = [0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12];
        let data = [&[0x78, 0x01, 1, 14, 0, 0xf1, 0xff][..], &rows].concat();
        assert_eq!(super::stored(&rows)[..data.len()], data);
        let bytes = 8 + 25 + 12 + (data.len() + 4) + 12;
        assert_eq!(url.len(), "data:image/png;base64,".len() + bytes.div_ceil(3) * 4);
    }

    #[test]
    fn base64_agrees_with_its_standard() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
