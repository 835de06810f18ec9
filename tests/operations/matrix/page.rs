//! docs/fault-matrix.md, made of the tables.

use std::{env, fs};

use super::{expected, table::Table};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fault-matrix.md");

const BEGINNING: &str = "\
# Faults and their outcomes

Every operation of the extension under every fault that the simulator of the panel knows. The tests carry each cell out against
the simulator and hold it to this page: the outcome, the number of requests, and what the panel holds afterwards.

```console
$ cargo nextest run --no-default-features -p runcloud matrix                # holds the page to the code
$ UPDATE_DOCS=1 cargo nextest run --no-default-features -p runcloud matrix  # writes the page anew
```

A cell is an outcome and the number of requests, with the default of two retries.

| word | what the caller gets |
|---|---|
| `ok` | what was asked for |
| `found` | a domain with `created: false`: the answer to the `POST` was lost, and the domain was found afterwards |
| `token` | `AuthenticationException` |
| `forbidden` | `PermissionException` |
| `missing` | `NotFoundException` |
| `refused` | `ValidationException` |
| `limit` | `RateLimitException` |
| `server` | `ServerException` |
| `connection` | `ConnectionException` |
| `time` | `TimeoutException` |
| `unexpected` | `UnexpectedResponseException` |
| `other` | `ApiException` itself |

| sign | what it says |
|---|---|
| `↻` | the same call may succeed later without anyone doing anything: `isRetryable()` |
| `+` after an error | the panel carried the change out all the same; without it, nothing has changed |
| `+` after `ok`, `++` after an error | the panel issued the certificate twice: a redeploy whose answer was lost is sent once more |

In every cell, beside what it says:

- The panel holds what it held before, but for the one change that was asked for. Nothing is doubled, nothing else is removed.
- A call that failed is made again without the fault, and then the panel holds what was wanted.
- The message is a whole sentence on one line that says what to do, without a secret that the panel sent back.
- The call ends within its deadline.

The panel holds 46 domains, two pages. *Redeploy* is that of a web application's certificate, *redeploy known* the same with the id
of the certificate, and *install* the first certificate of a domain in advanced mode. *Slow* and *trickle* take longer than
`runcloud.timeout`; certificates may take the whole deadline. *After the work* means that the panel has carried the request out.
";

const STAYS: &str = "\
## The fault stays

It meets every request of the call. A *stale connection* is closed by the panel as soon as it is used a second time.
";

const ONCE: &str = "\
## The fault strikes once

It meets the request that does the work (the `POST`, `DELETE` or `PUT`, or the last `GET`), the first time.
";

#[test]
fn the_page_shows_the_tables() {
    let section = |head: &str, tables: &[&str; 2]| {
        let [changing, reading] = tables.map(|table| Table::read(table).markdown());
        format!("{head}\n### Calls that change something\n\n{changing}\n\n### Calls that read\n\n{reading}\n")
    };
    let page =
        [BEGINNING.to_owned(), section(STAYS, &expected::STAYS), section(ONCE, &expected::ONCE)].join("\n");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let committed = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(committed == page, "docs/fault-matrix.md is not up to date: UPDATE_DOCS=1 writes it anew");
}
