//! A server's things in the JSON that Mastodon 4.5 gives (docs.joinmastodon.org/entities).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Access, Rules, markup,
    state::{Kept, State, Status},
};

/// A moment with milliseconds, as all of Mastodon's but the rate limit's.
pub fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub fn account(kept: &Kept, url: &str) -> Value {
    let account = &kept.account;
    let (name, home) = match account.acct.split_once('@') {
        Some((name, host)) => (name, format!("http://{host}")),
        None => (account.acct.as_str(), url.to_owned()),
    };
    let picture = format!("{url}/avatars/original/missing.png");
    let header = format!("{url}/headers/original/missing.png");
    json!({
        "id": kept.id.to_string(),
        "username": name,
        "acct": account.acct,
        "display_name": account.display_name,
        "locked": account.locked,
        "bot": account.bot,
        "discoverable": null,
        "indexable": false,
        "group": false,
        "created_at": moment(kept.created_at),
        "note": "",
        "url": format!("{home}/@{name}"),
        "uri": format!("{home}/users/{name}"),
        "avatar": picture,
        "avatar_static": picture,
        "avatar_description": "",
        "header": header,
        "header_static": header,
        "header_description": "",
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": 0,
        "last_status_at": null,
        "hide_collections": null,
        "noindex": false,
        "emojis": [],
        "roles": [],
        "fields": [],
    })
}

/// A status; `filtered` is there for whoever has a token, and always on a stream.
pub fn status(status: &Status, state: &State, url: &str, filtered: bool) -> Value {
    let kept = &state.accounts[&status.acct];
    let parent = status.draft.in_reply_to_id.as_deref().and_then(|id| state.statuses.get(&id.parse().ok()?));
    let tags: Vec<_> = status
        .tags
        .iter()
        .map(|tag| json!({"name": tag, "url": format!("{url}/tags/{}", markup::encode(tag))}))
        .collect();
    let mentions: Vec<_> = status
        .mentions
        .iter()
        .filter_map(|acct| state.accounts.get(acct))
        .map(|kept| account(kept, url))
        .map(|account| {
            json!({"id": account["id"], "username": account["username"], "url": account["url"], "acct": account["acct"]})
        })
        .collect();
    let media: Vec<_> = status
        .draft
        .media
        .iter()
        .zip(1..)
        .map(|((address, description), number): (_, u32)| {
            json!({
                "id": format!("{}{number}", status.id), "type": "image", "url": address, "preview_url": address,
                "remote_url": null, "preview_remote_url": null, "text_url": null,
                "meta": {"original": {"width": 640, "height": 480, "size": "640x480", "aspect": 640.0 / 480.0}},
                "description": description, "blurhash": null,
            })
        })
        .collect();
    let reblog = status.reblog.and_then(|id| state.statuses.get(&id));
    let replies = state
        .statuses
        .values()
        .filter(|other| other.draft.in_reply_to_id.as_deref() == Some(&status.id.to_string()))
        .count();
    let boosts = state.statuses.values().filter(|other| other.reblog == Some(status.id)).count();
    let mut value = json!({
        "id": status.id.to_string(),
        "created_at": moment(status.created_at),
        "in_reply_to_id": parent.map(|parent| parent.id.to_string()),
        "in_reply_to_account_id": parent.map(|parent| state.accounts[&parent.acct].id.to_string()),
        "sensitive": status.draft.sensitive,
        "spoiler_text": status.draft.spoiler_text,
        "visibility": status.draft.visibility,
        "language": status.draft.language,
        "uri": status.uri,
        "url": status.url,
        "replies_count": replies,
        "reblogs_count": boosts,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": status.edited_at.map(moment),
        "content": status.content,
        "reblog": reblog.map(|reblog| self::status(reblog, state, url, filtered)),
        "account": account(kept, url),
        "media_attachments": media,
        "mentions": mentions,
        "tags": tags,
        "emojis": [],
        "quote": null,
        "card": null,
        "poll": null,
        "quote_approval": {"automatic": [], "manual": [], "current_user": "denied"},
    });
    if status.local() {
        value["application"] = json!({"name": "Web", "website": null});
    }
    if filtered {
        value["filtered"] = json!([]);
    }
    value
}

pub fn instance(url: &str, rules: &Rules) -> Value {
    let host = url.trim_start_matches("http://");
    let open = json!({"local": "public", "remote": "public"});
    let hashtags = match rules.hashtag_feeds {
        Access::Public => "public",
        Access::Authenticated => "authenticated",
        Access::Disabled => "disabled",
    };
    json!({
        "domain": host,
        "title": "Mastodon",
        "version": "4.5.7",
        "source_url": "https://github.com/mastodon/mastodon",
        "description": "",
        "usage": {"users": {"active_month": 1}},
        "thumbnail": {"url": format!("{url}/packs/preview.png")},
        "icon": [],
        "languages": ["nl"],
        "configuration": {
            "urls": {"streaming": format!("ws://{host}"), "status": null, "about": format!("{url}/about"),
                     "privacy_policy": null, "terms_of_service": null},
            "vapid": {"public_key": ""},
            "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
            "statuses": {"max_characters": rules.max_characters, "max_media_attachments": 4,
                         "characters_reserved_per_url": 23},
            "media_attachments": {"supported_mime_types": ["image/jpeg", "image/png"], "description_limit": 1500,
                                  "image_size_limit": 16_777_216, "image_matrix_limit": 33_177_600,
                                  "video_size_limit": 103_809_024, "video_frame_rate_limit": 120,
                                  "video_matrix_limit": 8_294_400},
            "polls": {"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300,
                      "max_expiration": 2_629_746},
            "translation": {"enabled": false},
            "timelines_access": {
                "live_feeds": open,
                "hashtag_feeds": {"local": hashtags, "remote": hashtags},
                "trending_link_feeds": open,
            },
            "limited_federation": false,
        },
        "registrations": {"enabled": false, "approval_required": false, "reason_required": false, "message": null,
                          "min_age": null, "url": null},
        "api_versions": {"mastodon": 7},
        "contact": {"email": "", "account": null},
        "rules": [],
    })
}
