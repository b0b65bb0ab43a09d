//! What a page's markup holds.

/// The opening tags of a page, without what is between them.
pub fn tags(html: &str) -> Vec<&str> {
    html.match_indices('<')
        .filter_map(|(start, _)| {
            let tag = &html[start..];
            let mut quoted = false;
            let end = tag.find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })?;
            Some(&tag[..=end])
        })
        .collect()
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut quoted = false;
    let mut name = String::new();
    for c in tag.chars().skip_while(|c| !c.is_whitespace()) {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '=' | '>' => {
                names.push(std::mem::take(&mut name));
            }
            c if c.is_whitespace() => name.clear(),
            c => name.push(c.to_ascii_lowercase()),
        }
    }
    names
}

/// A strict content security policy lets a page have no script and no style of its own.
pub fn assert_nothing_inline(what: &str, html: &str) {
    assert!(!html.contains("<style"), "{what} has an inline style sheet");
    for tag in tags(html) {
        let names = attributes(tag);
        assert!(!names.iter().any(|name| name == "style" || name.starts_with("on")), "{what} has {tag}");
        assert!(!tag.starts_with("<script") || names.iter().any(|name| name == "src"), "{what} has {tag}");
    }
    let scripts = html.split("<script").skip(1);
    for script in scripts {
        assert!(
            script.split_once('>').is_some_and(|(_, rest)| rest.starts_with("</script>")),
            "{what} has a script inside"
        );
    }
}
