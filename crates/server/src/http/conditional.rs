//! Conditional requests and ranges, RFC 9110 sections 13 and 14.

use axum::http::{HeaderMap, header};

/// Whether `If-None-Match` names this tag (or anything at all): the client has it already. Weak comparison, section 8.8.3.2.
pub fn has_already(headers: &HeaderMap, etag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    })
}

/// What part is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Whole,
    /// `len` bytes from `from` on.
    Range {
        /// First byte.
        from: u64,
        /// How many; at least 1.
        len: u64,
    },
    /// Nothing that is there: 416.
    Outside,
}

/// Reads `Range` against `If-Range` for content of that tag and length. Several ranges, other units and what cannot be read are
/// passed over, as section 14.2 allows: then everything is sent.
pub fn part(headers: &HeaderMap, etag: &str, total: u64) -> Part {
    // Strong comparison: a date, or a weak tag, never matches.
    if headers.get(header::IF_RANGE).is_some_and(|tag| tag.as_bytes() != etag.as_bytes()) {
        return Part::Whole;
    }
    let mut ranges = headers.get_all(header::RANGE).iter();
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return Part::Whole };
    range.to_str().ok().and_then(|text| parse(text, total)).unwrap_or(Part::Whole)
}

fn parse(text: &str, total: u64) -> Option<Part> {
    let (unit, range) = text.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = range.trim().split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() {
        let tail = number(last)?.min(total);
        return Some(if tail == 0 { Part::Outside } else { Part::Range { from: total - tail, len: tail } });
    }
    let from = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < from {
        return None;
    }
    Some(if from >= total { Part::Outside } else { Part::Range { from, len: last.min(total - 1) - from + 1 } })
}

/// Digits alone. More than fit are a position beyond any file.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX - 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::http::HeaderName;

    fn headers(list: &[(HeaderName, &str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn ranges_are_read() {
        let range = |from, len| Part::Range { from, len };
        for (text, expected) in [
            ("bytes=0-0", range(0, 1)),
            ("bytes=0-99", range(0, 10)),
            ("bytes=3-5", range(3, 3)),
            ("bytes=9-", range(9, 1)),
            ("bytes=-4", range(6, 4)),
            ("bytes=-99", range(0, 10)),
            ("Bytes = 3-5", range(3, 3)),
            ("bytes=10-", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-3", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(&headers(&[(header::RANGE, text)]), "\"a\"", 10), expected, "{text}");
        }
        assert_eq!(part(&headers(&[(header::RANGE, "bytes=0-")]), "\"a\"", 0), Part::Outside);
    }

    #[test]
    fn a_range_of_another_version_gets_everything() {
        for (tag, expected) in [
            ("\"a\"", Part::Range { from: 1, len: 2 }),
            ("\"b\"", Part::Whole),
            ("W/\"a\"", Part::Whole),
            ("Tue, 15 Nov 1994 12:45:26 GMT", Part::Whole),
        ] {
            let headers = headers(&[(header::RANGE, "bytes=1-2"), (header::IF_RANGE, tag)]);
            assert_eq!(part(&headers, "\"a\"", 10), expected, "{tag}");
        }
    }

    #[test]
    fn a_tag_the_client_has_is_found() {
        for (value, expected) in
            [("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("a", false)]
        {
            assert_eq!(has_already(&headers(&[(header::IF_NONE_MATCH, value)]), "\"a\""), expected, "{value}");
        }
    }
}
