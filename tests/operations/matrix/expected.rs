//! What is expected. Who changes a cell answers for it: may the fault have this outcome?
//!
//! A cell is an outcome and the number of requests. After an error, `↻` says that the same call may succeed later without
//! anyone doing anything, `+` that the panel carried the change out all the same, `++` that it issued the certificate
//! twice. The words are explained on the page that is made of these tables.

/// The fault stays for as long as the call lasts.
#[rustfmt::skip]
pub const STAYS: [&str; 3] = ["
fault                                                            | add             | add, v2         | remove by id   | remove by id, v2 | remove
301; 302; 303; 307; 308                                          | unexpected ×1   | unexpected ×1   | unexpected ×1  | unexpected ×1    | unexpected ×1
400; 405; 409                                                    | other ×1        | other ×1        | other ×1       | other ×1         | other ×1
401                                                              | token ×1        | token ×1        | token ×1       | token ×1         | token ×1
403                                                              | forbidden ×1    | forbidden ×1    | forbidden ×1   | forbidden ×1     | forbidden ×1
404                                                              | missing ×2      | missing ×2      | missing ×3     | missing ×3       | missing ×2
408                                                              | time↻ ×4        | time↻ ×4        | time↻ ×3       | time↻ ×3         | time↻ ×3
422                                                              | refused ×2      | refused ×2      | refused ×1     | refused ×1       | refused ×1
429; 429, wait 30 years; 429, wait nonsense; quota spent, 429    | limit↻ ×1       | limit↻ ×1       | limit↻ ×1      | limit↻ ×1        | limit↻ ×1
quota spent, 403                                                 | limit↻ ×1       | limit↻ ×1       | limit↻ ×1      | limit↻ ×1        | limit↻ ×1
500; 502; 503; 504; 503, wait 1 s; HTML, 502                     | server↻ ×4      | server↻ ×4      | server↻ ×3     | server↻ ×3       | server↻ ×3
500 after the work                                               | server↻+ ×4     | server↻+ ×4     | server↻ ×3     | server↻ ×3       | server↻ ×3
408 after the work; late; slow; trickle                          | time↻+ ×4       | time↻+ ×4       | time↻ ×3       | time↻ ×3         | time↻ ×3
429, wait 1 s; 429, wait until a date                            | limit↻ ×3       | limit↻ ×3       | limit↻ ×3      | limit↻ ×3        | limit↻ ×3
dropped before the work                                          | connection↻ ×4  | connection↻ ×4  | connection↻ ×3 | connection↻ ×3   | connection↻ ×3
dropped after the work; truncated                                | connection↻+ ×4 | connection↻+ ×4 | connection↻ ×3 | connection↻ ×3   | connection↻ ×3
stale connection                                                 | connection↻ ×12 | connection↻ ×12 | ok ×4          | ok ×4            | ok ×6
closed after each answer; wrong content type                     | ok ×1           | ok ×1           | ok ×2          | ok ×2            | ok ×3
late, past the deadline; slow, past the deadline                 | deadline↻+ ×1   | deadline↻+ ×1   | deadline↻ ×1   | deadline↻ ×1     | deadline↻ ×1
trickle, past the deadline                                       | deadline↻+ ×1   | deadline↻+ ×1   | deadline↻ ×1   | deadline↻ ×1     | deadline↻ ×1
HTML, 200                                                        | unexpected↻ ×4  | unexpected↻ ×4  | unexpected↻ ×3 | unexpected↻ ×3   | unexpected↻ ×3
huge body; deep JSON; invalid UTF-8; empty body                  | unexpected↻+ ×4 | unexpected↻+ ×4 | unexpected↻ ×3 | unexpected↻ ×3   | unexpected↻ ×3
wrong types                                                      | unexpected+ ×2  | unexpected+ ×2  | unexpected ×1  | unexpected ×1    | unexpected ×1
refused port; unknown host                                       | connection↻ ×3  | connection↻ ×3  | connection↻ ×3 | connection↻ ×3   | connection↻ ×3
certificate of another host; expired certificate                 | connection ×1   | connection ×1   | connection ×1  | connection ×1    | connection ×1
certificate of an unknown authority                              | connection ×1   | connection ×1   | connection ×1  | connection ×1    | connection ×1
no connection; silent peer                                       | time↻ ×3        | time↻ ×3        | time↻ ×3       | time↻ ×3         | time↻ ×3
no connection, past the deadline; silent peer, past the deadline | deadline↻ ×1    | deadline↻ ×1    | deadline↻ ×1   | deadline↻ ×1     | deadline↻ ×1
", "
fault                                                            | redeploy       | redeploy, v2   | redeploy known   | redeploy domain | redeploy by name | install
301; 302; 303; 307; 308                                          | unexpected ×1  | unexpected ×1  | unexpected ×1    | unexpected ×1   | unexpected ×1    | unexpected ×1
400; 405; 409                                                    | other ×1       | other ×1       | other ×1         | other ×1        | other ×1         | other ×1
401                                                              | token ×1       | token ×1       | token ×1         | token ×1        | token ×1         | token ×1
403                                                              | forbidden ×1   | forbidden ×1   | forbidden ×1     | forbidden ×1    | forbidden ×1     | forbidden ×1
404                                                              | missing ×2     | missing ×2     | missing ×3       | missing ×2      | missing ×2       | missing ×2
408                                                              | time↻ ×3       | time↻ ×3       | time↻ ×2         | time↻ ×3        | time↻ ×3         | time↻ ×3
422                                                              | refused ×1     | refused ×1     | refused ×1       | refused ×1      | refused ×1       | refused ×1
429; 429, wait 30 years; 429, wait nonsense; quota spent, 429    | limit↻ ×1      | limit↻ ×1      | limit↻ ×1        | limit↻ ×1       | limit↻ ×1        | limit↻ ×1
quota spent, 403                                                 | limit↻ ×1      | limit↻ ×1      | limit↻ ×1        | limit↻ ×1       | limit↻ ×1        | limit↻ ×1
500; 502; 503; 504; 503, wait 1 s; HTML, 502                     | server↻ ×3     | server↻ ×3     | server↻ ×2       | server↻ ×3      | server↻ ×3       | server↻ ×3
500 after the work                                               | server↻ ×3     | server↻ ×3     | server↻++ ×2     | server↻ ×3      | server↻ ×3       | server↻ ×3
408 after the work                                               | time↻ ×3       | time↻ ×3       | time↻++ ×2       | time↻ ×3        | time↻ ×3         | time↻ ×3
429, wait 1 s; 429, wait until a date                            | limit↻ ×3      | limit↻ ×3      | limit↻ ×3        | limit↻ ×3       | limit↻ ×3        | limit↻ ×3
dropped before the work                                          | connection↻ ×3 | connection↻ ×3 | connection↻ ×2   | connection↻ ×3  | connection↻ ×3   | connection↻ ×3
dropped after the work; truncated                                | connection↻ ×3 | connection↻ ×3 | connection↻++ ×2 | connection↻ ×3  | connection↻ ×3   | connection↻ ×3
stale connection                                                 | ok ×6          | ok ×6          | ok ×2            | ok ×6           | ok ×10           | connection↻ ×10
closed after each answer; wrong content type                     | ok ×3          | ok ×3          | ok ×1            | ok ×3           | ok ×5            | ok ×3
late; slow                                                       | time↻ ×3       | time↻ ×3       | ok ×1            | time↻ ×3        | time↻ ×3         | time↻ ×3
trickle                                                          | time↻ ×3       | time↻ ×3       | deadline↻+ ×1    | time↻ ×3        | time↻ ×3         | time↻ ×3
late, past the deadline; slow, past the deadline                 | deadline↻ ×1   | deadline↻ ×1   | deadline↻+ ×1    | deadline↻ ×1    | deadline↻ ×1     | deadline↻ ×1
trickle, past the deadline                                       | deadline↻ ×1   | deadline↻ ×1   | deadline↻+ ×1    | deadline↻ ×1    | deadline↻ ×1     | deadline↻ ×1
HTML, 200                                                        | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×2   | unexpected↻ ×3  | unexpected↻ ×3   | unexpected↻ ×3
huge body; invalid UTF-8                                         | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻++ ×2 | unexpected↻ ×3  | unexpected↻ ×3   | unexpected↻ ×3
deep JSON; empty body                                            | unexpected↻ ×3 | unexpected↻ ×3 | ok ×1            | unexpected↻ ×3  | unexpected↻ ×3   | unexpected↻ ×3
wrong types                                                      | unexpected ×1  | unexpected ×1  | ok ×1            | unexpected ×1   | unexpected ×1    | unexpected ×1
refused port; unknown host                                       | connection↻ ×3 | connection↻ ×3 | connection↻ ×3   | connection↻ ×3  | connection↻ ×3   | connection↻ ×3
certificate of another host; expired certificate                 | connection ×1  | connection ×1  | connection ×1    | connection ×1   | connection ×1    | connection ×1
certificate of an unknown authority                              | connection ×1  | connection ×1  | connection ×1    | connection ×1   | connection ×1    | connection ×1
no connection; silent peer                                       | time↻ ×3       | time↻ ×3       | time↻ ×3         | time↻ ×3        | time↻ ×3         | time↻ ×3
no connection, past the deadline; silent peer, past the deadline | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1     | deadline↻ ×1    | deadline↻ ×1     | deadline↻ ×1
", "
fault                                                            | list           | find           | dns records    | ssl mode       | ping           | server         | web app        | discover
301; 302; 303; 307; 308                                          | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1
400; 405; 409                                                    | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1       | other ×1
401                                                              | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1       | token ×1
403                                                              | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1   | forbidden ×1
404                                                              | missing ×2     | missing ×2     | missing ×3     | missing ×2     | missing ×1     | missing ×2     | missing ×2     | missing ×1
408; 408 after the work; late; slow; trickle; no connection      | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
422                                                              | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1     | refused ×1
429; 429, wait 30 years; 429, wait nonsense; quota spent, 429    | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1
quota spent, 403                                                 | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1      | limit↻ ×1
500; 502; 503; 504; 500 after the work; 503, wait 1 s; HTML, 502 | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3     | server↻ ×3
429, wait 1 s; 429, wait until a date                            | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3      | limit↻ ×3
dropped before the work; dropped after the work; truncated       | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
stale connection                                                 | ok ×4          | ok ×4          | ok ×2          | ok ×2          | ok ×2          | ok ×2          | ok ×2          | ok ×4
closed after each answer; wrong content type                     | ok ×2          | ok ×2          | ok ×1          | ok ×1          | ok ×1          | ok ×1          | ok ×1          | ok ×2
late, past the deadline; slow, past the deadline                 | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1
trickle, past the deadline; no connection, past the deadline     | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1
HTML, 200; huge body; invalid UTF-8                              | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
empty body                                                       | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3 | ok ×1          | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
deep JSON                                                        | unexpected↻ ×3 | unexpected↻ ×3 | unexpected ×1  | unexpected↻ ×3 | ok ×1          | unexpected↻ ×3 | unexpected↻ ×3 | unexpected↻ ×3
wrong types                                                      | unexpected ×1  | unexpected ×1  | unexpected ×1  | unexpected ×1  | ok ×1          | unexpected ×1  | unexpected ×1  | unexpected ×1
refused port; unknown host                                       | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3 | connection↻ ×3
certificate of another host; expired certificate                 | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1
certificate of an unknown authority                              | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1  | connection ×1
silent peer                                                      | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3       | time↻ ×3
silent peer, past the deadline                                   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1   | deadline↻ ×1
"];

/// The fault strikes once: the request that does the work, the first time.
#[rustfmt::skip]
pub const ONCE: [&str; 3] = ["
fault                                                           | add           | add, v2       | remove by id  | remove by id, v2 | remove
301; 302; 303; 307; 308                                         | unexpected ×1 | unexpected ×1 | unexpected ×2 | unexpected ×2    | unexpected ×3
400; 405; 409                                                   | other ×1      | other ×1      | other ×2      | other ×2         | other ×3
401                                                             | token ×1      | token ×1      | token ×2      | token ×2         | token ×3
403                                                             | forbidden ×1  | forbidden ×1  | forbidden ×2  | forbidden ×2     | forbidden ×3
404                                                             | missing ×3    | missing ×3    | missing↻ ×5   | missing↻ ×5      | missing↻ ×6
408; 500; 502; 503; 504; 503, wait 1 s; dropped before the work | ok ×4         | ok ×4         | ok ×3         | ok ×3            | ok ×4
422                                                             | refused ×3    | refused ×3    | refused ×2    | refused ×2       | refused ×3
429; 429, wait 30 years; 429, wait nonsense                     | limit↻ ×1     | limit↻ ×1     | limit↻ ×2     | limit↻ ×2        | limit↻ ×3
500 after the work; 408 after the work; dropped after the work  | found ×3      | found ×3      | ok ×3         | ok ×3            | ok ×4
429, wait 1 s; 429, wait until a date                           | ok ×2         | ok ×2         | ok ×3         | ok ×3            | ok ×4
stale connection; late; HTML, 502; HTML, 200                    | ok ×4         | ok ×4         | ok ×3         | ok ×3            | ok ×4
slow; trickle; truncated; huge body; invalid UTF-8              | found ×3      | found ×3      | ok ×3         | ok ×3            | ok ×4
late, past the deadline; slow, past the deadline                | deadline↻+ ×1 | deadline↻+ ×1 | deadline↻+ ×2 | deadline↻+ ×2    | deadline↻+ ×3
trickle, past the deadline                                      | deadline↻+ ×1 | deadline↻+ ×1 | deadline↻+ ×2 | deadline↻+ ×2    | deadline↻+ ×3
wrong content type                                              | ok ×1         | ok ×1         | ok ×2         | ok ×2            | ok ×3
deep JSON; wrong types; empty body                              | found ×3      | found ×3      | ok ×2         | ok ×2            | ok ×3
", "
fault                                                           | redeploy      | redeploy, v2  | redeploy known | redeploy domain | redeploy by name | install
301; 302; 303; 307; 308                                         | unexpected ×3 | unexpected ×3 | unexpected ×1  | unexpected ×3   | unexpected ×5    | unexpected ×3
400; 405; 409                                                   | other ×3      | other ×3      | other ×1       | other ×3        | other ×5         | other ×3
401                                                             | token ×3      | token ×3      | token ×1       | token ×3        | token ×5         | token ×3
403                                                             | forbidden ×3  | forbidden ×3  | forbidden ×1   | forbidden ×3    | forbidden ×5     | forbidden ×3
404                                                             | missing ×5    | missing ×5    | ok ×4          | ok ×7           | missing ×7       | ok ×7
408; 500; 502; 503; 504; 503, wait 1 s; dropped before the work | ok ×4         | ok ×4         | ok ×2          | ok ×4           | ok ×6            | ok ×5
422                                                             | refused ×3    | refused ×3    | refused ×1     | refused ×3      | refused ×5       | refused ×4
429; 429, wait 30 years; 429, wait nonsense                     | limit↻ ×3     | limit↻ ×3     | limit↻ ×1      | limit↻ ×3       | limit↻ ×5        | limit↻ ×3
500 after the work; 408 after the work; dropped after the work  | ok+ ×4        | ok+ ×4        | ok+ ×2         | ok+ ×4          | ok+ ×6           | ok ×4
429, wait 1 s; 429, wait until a date                           | ok ×4         | ok ×4         | ok ×2          | ok ×4           | ok ×6            | ok ×4
stale connection; HTML, 502; HTML, 200                          | ok ×4         | ok ×4         | ok ×2          | ok ×4           | ok ×6            | ok ×5
late; slow; wrong content type                                  | ok ×3         | ok ×3         | ok ×1          | ok ×3           | ok ×5            | ok ×3
trickle; late, past the deadline; slow, past the deadline       | deadline↻+ ×3 | deadline↻+ ×3 | deadline↻+ ×1  | deadline↻+ ×3   | deadline↻+ ×5    | deadline↻+ ×3
trickle, past the deadline                                      | deadline↻+ ×3 | deadline↻+ ×3 | deadline↻+ ×1  | deadline↻+ ×3   | deadline↻+ ×5    | deadline↻+ ×3
truncated; huge body; invalid UTF-8                             | ok+ ×4        | ok+ ×4        | ok+ ×2         | ok+ ×4          | ok+ ×6           | ok ×4
deep JSON; wrong types; empty body                              | ok ×3         | ok ×3         | ok ×1          | ok ×3           | ok ×5            | ok ×4
", "
fault                                                              | list          | find          | dns records   | ssl mode      | ping          | server        | web app       | discover
301; 302; 303; 307; 308                                            | unexpected ×2 | unexpected ×2 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×1 | unexpected ×2
400; 405; 409                                                      | other ×2      | other ×2      | other ×1      | other ×1      | other ×1      | other ×1      | other ×1      | other ×2
401                                                                | token ×2      | token ×2      | token ×1      | token ×1      | token ×1      | token ×1      | token ×1      | token ×2
403                                                                | forbidden ×2  | forbidden ×2  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×1  | forbidden ×2
404                                                                | missing ×4    | missing ×4    | ok ×4         | missing ×3    | missing ×1    | missing ×3    | missing ×3    | missing ×2
408; 500; 502; 503; 504; 500 after the work; 408 after the work    | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
422                                                                | refused ×2    | refused ×2    | refused ×1    | refused ×1    | refused ×1    | refused ×1    | refused ×1    | refused ×2
429; 429, wait 30 years; 429, wait nonsense                        | limit↻ ×2     | limit↻ ×2     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×1     | limit↻ ×2
429, wait 1 s; 429, wait until a date; 503, wait 1 s; late; slow   | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
dropped before the work; dropped after the work; stale connection  | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
trickle; truncated; HTML, 502; HTML, 200; huge body; invalid UTF-8 | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×2         | ok ×3
late, past the deadline; slow, past the deadline                   | deadline↻ ×2  | deadline↻ ×2  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×2
trickle, past the deadline                                         | deadline↻ ×2  | deadline↻ ×2  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×1  | deadline↻ ×2
wrong content type                                                 | ok ×2         | ok ×2         | ok ×1         | ok ×1         | ok ×1         | ok ×1         | ok ×1         | ok ×2
empty body                                                         | ok ×3         | ok ×3         | ok ×2         | ok ×2         | ok ×1         | ok ×2         | ok ×2         | ok ×3
deep JSON                                                          | ok ×3         | ok ×3         | unexpected ×1 | ok ×2         | ok ×1         | ok ×2         | ok ×2         | ok ×3
wrong types                                                        | unexpected ×2 | unexpected ×2 | unexpected ×1 | unexpected ×1 | ok ×1         | unexpected ×1 | unexpected ×1 | unexpected ×2
"];
