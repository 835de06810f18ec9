//! Lists come in pages.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::lenient;

/// The largest page that the panel serves (`perPage`); <https://runcloud.io/docs/api/v3/>.
pub const LARGEST_PAGE: usize = 40;
/// The page that it serves when it ignores `perPage`.
pub const DEFAULT_PAGE: u64 = 20;

/// One page of a list.
///
/// The documented shape is `meta.pagination`; users have also seen `meta.lastPage`. Both are read, neither is needed.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
pub struct Page<T> {
    /// The items.
    #[serde(deserialize_with = "lenient::list")]
    pub data: Vec<T>,
    /// Unread but for the last page: PHP writes an empty object as a list.
    #[serde(default)]
    meta: Value,
}

impl<T> Page<T> {
    /// The number of the last page, if the panel says it.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        ["/pagination/total_pages", "/lastPage"]
            .into_iter()
            .find_map(|place| lenient::optional_id(self.meta.pointer(place)?).unwrap_or_default())
    }

    /// How many items there are on all pages, if the panel says it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        lenient::optional_id(self.meta.pointer("/pagination/total")?).unwrap_or_default()
    }

    /// Whether a page after this one, number `page`, should be asked for.
    ///
    /// Without a last page in the answer, a page that is shorter than the panel's default of 20 ends the list, since
    /// the panel may ignore `perPage`.
    #[must_use]
    pub fn has_next(&self, page: u64) -> bool {
        !self.data.is_empty()
            && self.last().map_or(self.data.len() as u64 >= DEFAULT_PAGE, |last| page < last)
    }
}

/// The query of page `page`, counted from 1, as large as the panel serves.
#[must_use]
pub fn query(page: u64) -> Vec<(&'static str, String)> {
    vec![("page", page.to_string()), ("perPage", LARGEST_PAGE.to_string())]
}

#[cfg(test)]
mod tests {
    use super::Page;

    fn page(json: &str) -> Page<u64> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn both_pagination_shapes_tell_the_last_page() {
        let documented = page(r#"{"data":[1],"meta":{"pagination":{"total":3,"total_pages":3,"links":{}}}}"#);
        assert!(documented.has_next(2) && !documented.has_next(3));
        assert_eq!(documented.total(), Some(3));
        let observed = page(r#"{"data":[1],"meta":{"lastPage":"2"}}"#);
        assert!(observed.has_next(1) && !observed.has_next(2));
        assert_eq!(observed.total(), None);
    }

    #[test]
    fn without_a_last_page_a_short_or_empty_page_ends_the_list() {
        assert!(!page(r#"{"data":[1,2],"meta":[]}"#).has_next(1));
        assert!(!page(r#"{"data":{}}"#).has_next(1));
        let full = format!(r#"{{"data":{:?}}}"#, vec![1; 20]);
        assert!(page(&full).has_next(1));
    }

    #[test]
    fn null_is_no_list() {
        assert!(serde_json::from_str::<Page<u64>>(r#"{"data":null}"#).is_err());
    }

    #[test]
    fn an_empty_page_ends_the_list_whatever_the_last_page_says() {
        assert!(!page(r#"{"data":[],"meta":{"lastPage":9}}"#).has_next(1));
    }
}
