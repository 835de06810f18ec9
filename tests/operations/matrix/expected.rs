//! What is expected. Who changes a cell answers for it: may the fault have this outcome?
//!
//! A cell is an outcome and the number of requests. After an error, `↻` says that the same call may succeed later without
//! anyone doing anything, `+` that the panel carried the change out all the same, `++` that it issued the certificate
//! twice. The words are explained on the page that is made of these tables.

/// The fault stays for as long as the call lasts.
#[rustfmt::skip]
pub const STAYS: [&str; 2] = ["
fault                                            | add             | remove by id   | remove         | redeploy       | redeploy known   | install
301; 302                                         | unexpected ×1   | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1    | unexpected ×1
400; 405; 409                                    | other ×1        | other ×1       | other ×1       | other ×1       | other ×1         | other ×1
401                                              | token ×1        | token ×1       | token ×1       | token ×1       | token ×1         | token ×1
403                                              | forbidden ×1    | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1     | forbidden ×1
404                                              | missing ×2      | missing ×3     | missing ×2     | missing ×2     | missing ×3       | missing ×2
422                                              | refused ×2      | refused ×1     | refused ×1     | refused ×1     | refused ×1       | refused ×1
429                                              | limit↻ ×1       | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1        | limit↻ ×1
429, wait 1 s; 429, wait until a date            | limit↻ ×3       | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3        | limit↻ ×3
429, wait 30 years; 429, wait nonsense           | limit↻ ×1       | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1        | limit↻ ×1
quota spent, 429                                 | limit↻ ×1       | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1        | limit↻ ×1
quota spent, 403                                 | forbidden ×1    | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1     | forbidden ×1
408                                              | time↻ ×4        | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×2         | time↻ ×3
408 after the work                               | time↻+ ×4       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻++ ×2       | time↻ ×3
500; 502; 503; 504                               | server↻ ×4      | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×2       | server↻ ×3
503, wait 1 s                                    | server↻ ×4      | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×2       | server↻ ×3
500 after the work                               | server↻+ ×4     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻++ ×2     | server↻ ×3
dropped before the work                          | connection↻ ×4  | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×2   | connection↻ ×3
dropped after the work; truncated                | connection↻+ ×4 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻++ ×2 | connection↻ ×3
stale connection                                 | connection↻ ×12 | ok ×4          | ok ×6          | ok ×6          | ok ×2            | connection↻ ×10
slow                                             | time↻+ ×4       | time↻ ×3       | time↻ ×3       | time↻ ×3       | ok ×1            | time↻ ×3
trickle                                          | time↻+ ×4       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻+ ×1        | time↻ ×3
HTML, 502                                        | server↻ ×4      | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×2       | server↻ ×3
HTML, 200                                        | unexpected↻ ×4  | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×2   | unexpected↻ ×3
wrong content type                               | ok ×1           | ok ×2          | ok ×3          | ok ×3          | ok ×1            | ok ×3
huge body; invalid UTF-8                         | unexpected↻+ ×4 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻++ ×2 | unexpected↻ ×3
deep JSON; empty body                            | unexpected↻+ ×4 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | ok ×1            | unexpected↻ ×3
wrong types                                      | unexpected+ ×2  | unexpected ×1  | unexpected ×1  | unexpected ×1  | ok ×1            | unexpected ×1
certificate of another host; expired certificate | connection↻ ×3  | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3   | connection↻ ×3
refused port; unknown host                       | connection↻ ×3  | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3   | connection↻ ×3
no connection; silent peer                       | time↻ ×3        | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3         | time↻ ×3
", "
fault                                            | list           | find           | dns records    | ssl mode       | ping           | server         | web app        | discover
301; 302                                         | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1
400; 405; 409                                    | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1
401                                              | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1
403                                              | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1
404                                              | missing ×2     | missing ×2     | missing ×3     | missing ×2     | missing ×1     | missing ×2     | missing ×2     | missing ×1
422                                              | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1
429                                              | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1
429, wait 1 s; 429, wait until a date            | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3
429, wait 30 years; 429, wait nonsense           | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1
quota spent, 429                                 | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1
quota spent, 403                                 | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1
408                                              | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
408 after the work                               | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
500; 502; 503; 504                               | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3
503, wait 1 s                                    | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3
500 after the work                               | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3
dropped before the work                          | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
dropped after the work; truncated                | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
stale connection                                 | ok ×4          | ok ×4          | ok ×2          | ok ×2          | ok ×2          | ok ×2          | ok ×2          | ok ×4
slow                                             | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
trickle                                          | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
HTML, 502                                        | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3
HTML, 200                                        | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
wrong content type                               | ok ×2          | ok ×2          | ok ×1          | ok ×1          | ok ×1          | ok ×1          | ok ×1          | ok ×2
huge body; invalid UTF-8                         | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
deep JSON; empty body                            | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | ok ×1          | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
wrong types                                      | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | ok ×1          | unexpected ×1  | unexpected ×1  | unexpected ×1
certificate of another host; expired certificate | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
refused port; unknown host                       | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
no connection; silent peer                       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
"];

/// The fault strikes once: the request that does the work, the first time.
#[rustfmt::skip]
pub const ONCE: [&str; 2] = ["
fault                                  | add           | remove by id  | remove        | redeploy      | redeploy known | install
301; 302                               | unexpected ×1 | unexpected ×2 | unexpected ×3 | unexpected ×3 | unexpected ×1  | unexpected ×3
400; 405; 409                          | other ×1      | other ×2      | other ×3      | other ×3      | other ×1       | other ×3
401                                    | token ×1      | token ×2      | token ×3      | token ×3      | token ×1       | token ×3
403                                    | forbidden ×1  | forbidden ×2  | forbidden ×3  | forbidden ×3  | forbidden ×1   | forbidden ×3
404                                    | missing ×3    | missing↻ ×5   | missing↻ ×6   | missing ×5    | ok ×4          | ok ×7
422                                    | refused ×3    | refused ×2    | refused ×3    | refused ×3    | refused ×1     | refused ×4
429                                    | limit↻ ×1     | limit↻ ×2     | limit↻ ×3     | limit↻ ×3     | limit↻ ×1      | limit↻ ×3
429, wait 1 s; 429, wait until a date  | ok ×2         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×4
429, wait 30 years; 429, wait nonsense | limit↻ ×1     | limit↻ ×2     | limit↻ ×3     | limit↻ ×3     | limit↻ ×1      | limit↻ ×3
408                                    | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
408 after the work                     | found ×3      | ok ×3         | ok ×4         | ok+ ×4        | ok+ ×2         | ok ×4
500; 502; 503; 504                     | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
503, wait 1 s                          | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
500 after the work                     | found ×3      | ok ×3         | ok ×4         | ok+ ×4        | ok+ ×2         | ok ×4
dropped before the work                | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
dropped after the work; truncated      | found ×3      | ok ×3         | ok ×4         | ok+ ×4        | ok+ ×2         | ok ×4
stale connection                       | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
slow                                   | found ×3      | ok ×3         | ok ×4         | ok ×3         | ok ×1          | ok ×3
trickle                                | found ×3      | ok ×3         | ok ×4         | time↻+ ×3     | time↻+ ×1      | time↻+ ×3
HTML, 502                              | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
HTML, 200                              | ok ×4         | ok ×3         | ok ×4         | ok ×4         | ok ×2          | ok ×5
wrong content type                     | ok ×1         | ok ×2         | ok ×3         | ok ×3         | ok ×1          | ok ×3
huge body; invalid UTF-8               | found ×3      | ok ×3         | ok ×4         | ok+ ×4        | ok+ ×2         | ok ×4
deep JSON; empty body                  | found ×3      | ok ×2         | ok ×3         | ok ×3         | ok ×1          | ok ×4
wrong types                            | found ×3      | ok ×2         | ok ×3         | ok ×3         | ok ×1          | ok ×4
", "
fault                                  | list          | find          | dns records   | ssl mode      | ping          | server        | web app       | discover
301; 302                               | unexpected ×2 | unexpected ×2 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×2
400; 405; 409                          | other ×2      | other ×2      | other ×1      | other ×1      | other ×1      | other ×1      | other ×1      | other ×2
401                                    | token ×2      | token ×2      | token ×1      | token ×1      | token ×1      | token ×1      | token ×1      | token ×2
403                                    | forbidden ×2  | forbidden ×2  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×2
404                                    | missing ×4    | missing ×4    | ok ×4         | missing ×3    | missing ×1    | missing ×3    | missing ×3    | missing ×2
422                                    | refused ×2    | refused ×2    | refused ×1    | refused ×1    | refused ×1    | refused ×1    | refused ×1    | refused ×2
429                                    | limit↻ ×2     | limit↻ ×2     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×2
429, wait 1 s; 429, wait until a date  | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
429, wait 30 years; 429, wait nonsense | limit↻ ×2     | limit↻ ×2     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×2
408                                    | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
408 after the work                     | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
500; 502; 503; 504                     | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
503, wait 1 s                          | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
500 after the work                     | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
dropped before the work                | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
dropped after the work; truncated      | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
stale connection                       | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
slow                                   | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
trickle                                | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
HTML, 502                              | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
HTML, 200                              | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
wrong content type                     | ok ×2         | ok ×2         | ok ×1         | ok ×1         | ok ×1         | ok ×1         | ok ×1         | ok ×2
huge body; invalid UTF-8               | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
deep JSON; empty body                  | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×1         | ok ×2         | ok ×2         | ok ×3
wrong types                            | unexpected ×2 | unexpected ×2 | unexpected ×1 | unexpected ×1 | ok ×1         | unexpected ×1 | unexpected ×1 | unexpected ×2
"];
