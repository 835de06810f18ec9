use super::*;

fn refused(change: impl FnOnce(&mut SettingTexts)) -> String {
    let mut texts = SettingTexts::default();
    change(&mut texts);
    texts.check().map(|_| ()).expect_err("was accepted").to_string()
}

#[test]
fn the_defaults_are_good() {
    let settings = SettingTexts::default().check().unwrap();
    assert_eq!(settings.base_url.as_str(), "https://manage.runcloud.io/api");
    assert_eq!((settings.timeout.as_secs(), settings.deadline.as_secs(), settings.max_retries), (30, 60, 2));
}

#[test]
fn plain_http_is_for_loopback_hosts_only() {
    for good in ["http://127.0.0.1:8080/api", "http://localhost/api/", "http://[::1]:1/api"] {
        assert!(SettingTexts { base_url: good.into(), ..SettingTexts::default() }.check().is_ok(), "{good}");
    }
    for bad in ["http://manage.runcloud.io/api", "http://127.0.0.1.evil.example/", "http://10.0.0.1/"] {
        assert!(refused(|t| t.base_url = bad.into()).contains("plain http"), "{bad}");
    }
}

#[test]
fn a_base_url_is_https_without_credentials_and_query() {
    assert!(refused(|t| t.base_url = "ftp://panel.example".into()).contains("scheme ftp"));
    assert!(refused(|t| t.base_url = "panel".into()).contains("not a URL"));
    assert!(refused(|t| t.base_url = "https://panel.example/?x=1".into()).contains("not the URL of an API"));
    let message = refused(|t| t.base_url = "https://me:hunter2@panel.example".into());
    assert!(message.contains("user name or password") && !message.contains("hunter2"));
}

#[test]
fn times_and_retries_are_numbers_within_bounds() {
    for bad in ["", "soon", "0", "-1", "601", "NaN", "inf"] {
        assert!(refused(|t| t.timeout = bad.into()).contains("runcloud.timeout"), "{bad}");
    }
    for bad in ["", "-1", "1.5", "11"] {
        assert!(refused(|t| t.max_retries = bad.into()).contains("runcloud.max_retries"), "{bad}");
    }
}

#[test]
fn a_long_value_is_not_shown_whole() {
    let long = "a".repeat(5000);
    for message in [
        refused(|t| t.timeout.clone_from(&long)),
        refused(|t| t.max_retries.clone_from(&long)),
        refused(|t| t.base_url = format!("http://{long}/")),
        refused(|t| t.base_url = format!("https://{long}/?")),
        refused(|t| t.base_url = format!("{long}://panel.example")),
    ] {
        assert!(message.len() < 300 && message.contains(&format!("{}...", &long[..100])), "{message}");
    }
}

#[test]
fn a_base_url_that_is_refused_is_shown_up_to_its_host() {
    for bad in ["me:hunter2@panel.example", "https://panel.example/?hunter2", "http://panel.example/hunter2"]
    {
        assert!(!refused(|t| t.base_url = bad.into()).contains("hunter2"), "{bad}");
    }
}

#[test]
fn what_is_no_proxy_url_is_not_shown_at_all() {
    for bad in ["me:hunter2@proxy:3128", "http://proxy/:hunter2@", "hunter2"] {
        assert_eq!(without_password(bad), "not a proxy URL");
        assert!(!refused(|t| t.proxy = bad.into()).contains("hunter2"), "{bad}");
    }
    assert_eq!(without_password("http://me:hunter2@proxy:3128"), "http://me:hidden@proxy:3128/");
}

#[test]
fn a_bad_proxy_is_refused_without_showing_it() {
    let message = refused(|t| t.proxy = "socks5://me:hunter2@proxy".into());
    assert!(message.contains("runcloud.proxy") && !message.contains("hunter2"));
}
