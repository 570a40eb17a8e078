//! Pages: the story in them, and what they say about it.

use encoding_rs::Encoding as Label;
use newsgraph_text::Document;

use crate::encoding::Encoding;
use crate::error::{ErrorKind, NoteKind};

/// How far into a page the declaration of its encoding is looked for, in bytes.
const DECLARED_WITHIN: usize = 2048;

/// Decodes a page by its byte order mark, the server's word, its own word, or its bytes.
pub(crate) fn decode(bytes: Vec<u8>, label: Option<&str>) -> (String, Option<NoteKind>) {
    let (encoding, mark) = Encoding::of_mark(&bytes);
    if mark > 0 {
        return encoding.decode(bytes[mark..].to_vec());
    }
    let declared = label.and_then(|label| Label::for_label(label.as_bytes())).or_else(|| declared(&bytes));
    match declared {
        Some(declared) if declared != encoding_rs::UTF_8 => {
            let (text, _) = declared.decode_without_bom_handling(&bytes);
            (text.into_owned(), None)
        }
        _ => Encoding::Utf8.decode(bytes),
    }
}

/// The encoding that a `meta` element declares.
fn declared(bytes: &[u8]) -> Option<&'static Label> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let value =
        head[at..].strip_prefix(b"\"").or_else(|| head[at..].strip_prefix(b"'")).unwrap_or(&head[at..]);
    let end =
        value.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b)).unwrap_or(value.len());
    // A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
    Label::for_label(&value[..end])
        .map(|label| if label.is_ascii_compatible() { label } else { encoding_rs::UTF_8 })
}

/// The host of an address, without "www.".
#[cfg(any(feature = "html", test))]
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Finds the story in a page.
#[cfg(not(feature = "html"))]
pub(crate) fn document(
    _: &str,
    _: String,
    _: Option<String>,
    _: &mut Vec<NoteKind>,
) -> Result<Document, ErrorKind> {
    Err(ErrorKind::HtmlLeftOut)
}

#[cfg(feature = "html")]
pub(crate) use story::document;

#[cfg(feature = "html")]
mod story {
    use dom_smoothie::{Article, Config, Readability, TextMode};
    use newsgraph_text::Metadata;

    use super::{Document, ErrorKind, NoteKind, host};
    use crate::fields::{Value, byline, published};
    use crate::language;

    /// Elements of a page; one with more is no article, and looking through it would take too long.
    const MOST_ELEMENTS: usize = 100_000;
    /// Elements inside each other; the page's tree is walked by functions that call themselves.
    const DEEPEST: usize = 1_000;

    /// Finds the story in a page; `url` is where it was found.
    pub(crate) fn document(
        page: &str,
        id: String,
        url: Option<String>,
        notes: &mut Vec<NoteKind>,
    ) -> Result<Document, ErrorKind> {
        if depth(page) > DEEPEST {
            return Err(ErrorKind::NoStory { why: "elements nested too deep".to_owned() });
        }
        let config = Config {
            text_mode: TextMode::Formatted,
            max_elements_to_parse: MOST_ELEMENTS,
            ..Config::default()
        };
        // An address that the library does not understand is no reason to read nothing.
        let mut reader = Readability::new(page, url.as_deref(), Some(config.clone()))
            .or_else(|_| Readability::new(page, None, Some(config)))
            .map_err(|error| ErrorKind::NoStory { why: error.to_string() })?;
        let article = reader.parse().map_err(|error| ErrorKind::NoStory { why: error.to_string() })?;
        let text = paragraphs(&article.text_content);
        if text.is_empty() {
            return Err(ErrorKind::NoStory { why: "no text".to_owned() });
        }
        Ok(Document { id, text, metadata: metadata(article, url, notes) })
    }

    /// An upper bound of how deep the elements of a page lie in each other: tags opened less tags closed, at most.
    fn depth(page: &str) -> usize {
        const VOID: [&str; 9] = ["br", "img", "meta", "link", "input", "hr", "source", "p", "li"];
        let (mut open, mut deepest) = (0usize, 0);
        for at in memchr::memchr_iter(b'<', page.as_bytes()) {
            let rest = &page.as_bytes()[at + 1..];
            match rest.first() {
                Some(b'/') => open = open.saturating_sub(1),
                Some(b) if b.is_ascii_alphabetic() => {
                    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
                    let void = VOID.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..end]));
                    open += usize::from(!void);
                }
                _ => {}
            }
            deepest = deepest.max(open);
        }
        deepest
    }

    /// One paragraph a line, an empty line between two.
    fn paragraphs(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(line);
        }
        out
    }

    fn metadata(article: Article, url: Option<String>, notes: &mut Vec<NoteKind>) -> Metadata {
        let url = article.url.or(url);
        let text = |value: Option<String>| value.map_or(Value::Null, Value::Text);
        Metadata {
            source: article.site_name.or_else(|| url.as_deref().and_then(host).map(str::to_owned)),
            published: published(text(article.published_time), notes),
            title: Some(article.title).filter(|title| !title.trim().is_empty()),
            byline: byline(text(article.byline)),
            language: article.lang.as_deref().and_then(language::code),
            url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_by_declaration() {
        let rows: [(&str, &[u8], Option<&str>, &str); 5] = [
            ("nothing said", "é".as_bytes(), None, "é"),
            ("the server's word", b"\xE9", Some("ISO-8859-1"), "é"),
            (
                "the page's word",
                b"<meta charset=\"windows-1251\">\xC4\xE0",
                None,
                "<meta charset=\"windows-1251\">Да",
            ),
            ("UTF-16 that is none", "<meta charset=utf-16>é".as_bytes(), None, "<meta charset=utf-16>é"),
            ("a mark", "\u{FEFF}é".as_bytes(), Some("ISO-8859-1"), "é"),
        ];
        for (name, bytes, label, text) in rows {
            assert_eq!(decode(bytes.to_vec(), label).0, text, "{name}");
        }
    }

    #[test]
    fn finds_hosts() {
        assert_eq!(host("https://www.example.org:80/a?b"), Some("example.org"));
        assert_eq!(host("example.org"), None);
    }
}
