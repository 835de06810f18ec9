//! The Public Suffix List, packed.
//!
//! `suffixes.bin` is a tree of labels, from the top level down. A node is one byte (the length of its label, [`RULE`],
//! [`CHILDREN`]), the label, and, where it has children, how many bytes these take (three bytes, the lowest first) and
//! the children themselves. So the list is nothing but bytes: no pointer has to be set when the library is loaded, and
//! only the pages that are read take memory.
//!
//! Both parts of the list count, that of ICANN and the private one (`github.io`), since Let's Encrypt counts by both.

/// The packed list. `tests/inspect/suffixes.rs` makes it from the crate psl and holds it to that.
static LIST: &[u8] = include_bytes!("suffixes.bin");

/// Set in a node's first byte: names that end here are public suffixes.
pub const RULE: u8 = 0b0100_0000;
/// Set in a node's first byte: children follow.
pub const CHILDREN: u8 = 0b1000_0000;
const LENGTH: u8 = 0b0011_1111;

/// The name that its owner has registered: the public suffix that `host` ends in, and one label more. `None` for a
/// public suffix itself, and for a host under a top-level domain that the list does not have.
///
/// `host` is in ASCII form and in lower case, as everything in the list.
#[must_use]
pub fn registrable_domain(host: &str) -> Option<&str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let suffix = suffix_labels(host)?;
    let mut labels = host.rmatch_indices('.').map(|(dot, _)| dot);
    // The dot before the suffix, then the one before the label in front of it.
    let before_suffix = labels.nth(suffix.checked_sub(1)?)?;
    let start = labels.next().map_or(0, |dot| dot + 1);
    host.get(start..).filter(|_| before_suffix > start)
}

/// How many labels the public suffix of `host` has.
fn suffix_labels(host: &str) -> Option<usize> {
    let (mut level, mut longest) = (LIST, None);
    for (depth, label) in host.rsplit('.').enumerate() {
        let (mut exact, mut wildcard) = (None, false);
        for node in Nodes(level) {
            match node.label.split_first() {
                // An exception to the wildcard beside it: the suffix is what stands above.
                Some((b'!', name)) if name == label.as_bytes() => return Some(depth),
                _ if node.label == b"*" => wildcard = true,
                _ if node.label == label.as_bytes() => exact = Some(node),
                _ => {}
            }
        }
        if wildcard || exact.as_ref().is_some_and(|node| node.is_rule) {
            longest = Some(depth + 1);
        }
        match exact {
            Some(node) => level = node.children,
            None => break,
        }
    }
    longest
}

/// A node of the tree.
struct Node {
    label: &'static [u8],
    is_rule: bool,
    children: &'static [u8],
}

/// The nodes beside each other in one level.
struct Nodes(&'static [u8]);

impl Iterator for Nodes {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        let (&head, rest) = self.0.split_first()?;
        let (label, mut rest) = rest.split_at_checked(usize::from(head & LENGTH))?;
        let mut children: &[u8] = &[];
        if head & CHILDREN != 0 {
            let (size, below) = rest.split_first_chunk::<3>()?;
            let size = u32::from_le_bytes([size[0], size[1], size[2], 0]);
            (children, rest) = below.split_at_checked(usize::try_from(size).ok()?)?;
        }
        self.0 = rest;
        Some(Node { label, is_rule: head & RULE != 0, children })
    }
}

#[cfg(test)]
mod tests {
    use super::registrable_domain;

    #[test]
    fn a_domain_is_what_stands_before_the_public_suffix() {
        for (host, domain) in [
            ("example.com", Some("example.com")),
            ("www.shop.example.com", Some("example.com")),
            ("www.shop.example.com.", Some("example.com")),
            ("com", None),
            ("example", None),
            ("www.example", None),
            ("localhost", None),
            ("", None),
            (".com", None),
            // Suffixes of two labels that short lists do not know.
            ("shop.com.bd", Some("shop.com.bd")),
            ("www.shop.com.bd", Some("shop.com.bd")),
            ("com.bd", None),
            ("shop.net.in", Some("shop.net.in")),
            ("a.shop.org.in", Some("shop.org.in")),
            ("shop.in", Some("shop.in")),
            ("a.b.co.uk", Some("b.co.uk")),
            // A wildcard, and an exception to it.
            ("a.b.c.ck", Some("b.c.ck")),
            ("b.c.ck", Some("b.c.ck")),
            ("c.ck", None),
            ("www.ck", Some("www.ck")),
            ("a.www.ck", Some("www.ck")),
            ("shop.city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("a.b.other.kawasaki.jp", Some("b.other.kawasaki.jp")),
            // The private part of the list.
            ("shop.github.io", Some("shop.github.io")),
            ("github.io", None),
            // In ASCII form.
            ("xn--p1b6ci4b4b3a.xn--h2brj9c", Some("xn--p1b6ci4b4b3a.xn--h2brj9c")),
            ("a.xn--p5b7ah1gxc.xn--45brj9c", Some("xn--p5b7ah1gxc.xn--45brj9c")),
            ("xn--h2brj9c", None),
            ("shop.xn--55qx5d.cn", Some("shop.xn--55qx5d.cn")),
            ("xn--55qx5d.cn", None),
        ] {
            assert_eq!(registrable_domain(host), domain, "{host}");
        }
    }
}
