//! docs/fault-matrix.md, made of the tables.

use std::{env, fs};

use super::{expected, table::Table};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fault-matrix.md");

const BEGINNING: &str = "\
# Faults and their outcomes

Every operation of the extension under every fault that the simulator of the panel knows, and under connections that fail. The tests
carry each cell out against the simulator and hold it to this page: the outcome, the number of requests, and what the panel holds
afterwards. A fault that the simulator has and the tables have not is a failed test.

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
| `deadline` | `TimeoutException` that names `runcloud.deadline`: the deadline ended the call |
| `unexpected` | `UnexpectedResponseException` |
| `other` | `ApiException` itself |

| sign | what it says |
|---|---|
| `↻` | the same call may succeed later without anyone doing anything: `isRetryable()` |
| `+` after an error | the panel carried the change out all the same; without it, nothing has changed |
| `+` after `ok`, `++` after an error | the panel issued the certificate twice, see below |

In every cell, beside what it says:

- The panel holds what it held before, but for the one change that was asked for. No domain is doubled, nothing else is removed.
- A call that failed is made again without the fault, and then the panel holds what was wanted.
- The message is a whole sentence on one line that says what to do, without a secret that the panel sent back.

A certificate is issued twice where the answer to a redeploy was lost after the work: the redeploy is sent once more, never more
often, and not when the deadline is over. The panel offers no sure sign that the first one was carried out ([why](../ARCHITECTURE.md)). It
costs one of the five certificates that Let's Encrypt issues in a week for the same names.

The panel holds 46 domains, two pages. *Redeploy* is that of a web application's certificate, *redeploy known* the same with the id
of the certificate. In advanced mode, *redeploy domain* is that of a domain's certificate with the id of the domain, *redeploy by name*
without it, and *install* the first certificate of a domain. *v2* means API v2 with key and secret; all else is API v3 with a token.

*After the work* means that the panel has carried the request out. *Slow* and *trickle* are answers that take longer than
`runcloud.timeout`, *late* is a request that reaches the panel, and is carried out, six seconds after its caller has given up. A call
that tried again meanwhile has `ok`, and the late request finds its work done: a domain that is there is refused, one that is gone is
not there. Certificates may take the whole deadline, so these they only wait for. *Past the deadline* means that the fault lasts longer
than the deadline and the time-outs are longer too: only the deadline can end the call. *Closed after each answer* is
`Connection: close`.
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
    let section = |head: &str, tables: &[&str; 3]| {
        let [domains, certificates, reading] = tables.map(|table| Table::read(table).markdown());
        format!(
            "{head}\n### Domains\n\n{domains}\n\n### Certificates\n\n{certificates}\n\n### Calls that read\n\n{reading}\n"
        )
    };
    let page =
        [BEGINNING.to_owned(), section(STAYS, &expected::STAYS), section(ONCE, &expected::ONCE)].join("\n");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let committed = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(committed == page, "docs/fault-matrix.md is not up to date: UPDATE_DOCS=1 writes it anew");
}
