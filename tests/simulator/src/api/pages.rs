//! Lists come in pages: <https://runcloud.io/docs/api/v3/api-8617112>.

use crate::api::request::Request;
use crate::content::switches::{Links, PageSize, Pagination, Switches};
use serde_json::{Value, json};

const DEFAULT_SIZE: usize = 20;
const LARGEST_SIZE: usize = 40;

/// The page of `items` that the request asks for with `page` (from 1) and `perPage` (20 unless said, at most 40).
pub(crate) fn page<T>(
    request: &Request,
    switches: Switches,
    items: &[T],
    show: impl Fn(&T) -> Value,
) -> Value {
    let page = number(request, "page").unwrap_or(1);
    let size = match number(request, "perPage") {
        None => DEFAULT_SIZE,
        Some(size) if size <= LARGEST_SIZE => size,
        Some(_) if switches.page_size_over_40 == PageSize::Ignore => DEFAULT_SIZE,
        Some(_) => LARGEST_SIZE,
    };
    let pages = items.len().div_ceil(size).max(1);
    let data: Vec<Value> = items.iter().skip((page - 1).saturating_mul(size)).take(size).map(show).collect();
    let meta = match switches.pagination {
        Pagination::LastPage => json!({ "lastPage": pages }),
        Pagination::Pagination => json!({ "pagination": {
            "total": items.len(), "count": data.len(), "per_page": size, "current_page": page,
            "total_pages": pages, "links": links(request, switches, page, pages),
        }}),
    };
    json!({ "data": data, "meta": meta })
}

/// `previous` and `next` where there are such pages. Without either, PHP may write the empty map as a list.
fn links(request: &Request, switches: Switches, page: usize, pages: usize) -> Value {
    let mut links = serde_json::Map::new();
    let address = request.address();
    if page > 1 {
        links.insert("previous".to_owned(), json!(format!("{address}?page={}", page - 1)));
    }
    if page < pages {
        links.insert("next".to_owned(), json!(format!("{address}?page={}", page + 1)));
    }
    if links.is_empty() && switches.links == Links::Array { json!([]) } else { Value::Object(links) }
}

fn number(request: &Request, name: &str) -> Option<usize> {
    request.parameter(name)?.parse().ok().filter(|number| *number > 0)
}
