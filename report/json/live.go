package json

import (
	"time"

	"trail403/ingest/event"
)

// Live is what AWS answered about policies.
type Live struct {
	ReadAt    *time.Time `json:"read_at"`
	Calls     int        `json:"calls"`
	Policies  int        `json:"policies"`
	Settings  []Settings `json:"settings"`
	Notes     []Unread   `json:"notes"`
	Failures  []Unread   `json:"failures"`
	NotListed int        `json:"failures_omitted"`
}

// Settings are those of a bucket. What was not read is null.
type Settings struct {
	Bucket           string    `json:"bucket"`
	Account          string    `json:"account"`
	Blocked          *[]string `json:"block_public_access"`
	BlockedByAccount *[]string `json:"account_block_public_access"`
	Ownership        *string   `json:"object_ownership"`
	Grants           *[]string `json:"acl_grants"`
}

// Unread is what was not read, why, and what to do.
type Unread struct {
	Permission string `json:"permission"`
	Type       string `json:"type"`
	Name       string `json:"name"`
	Account    string `json:"account"`
	Error      string `json:"error"`
	Hint       string `json:"hint"`
}

func liveOf(r *event.Reading) Live {
	out := Live{
		Calls: r.Calls, Policies: r.Documents, NotListed: r.MoreFailures,
		Settings: []Settings{}, Notes: unreadOf(r.Notes), Failures: unreadOf(r.Failures),
	}
	if !r.At.IsZero() {
		out.ReadAt = &r.At
	}
	for i := range r.Settings {
		b := &r.Settings[i]
		s := Settings{
			Bucket: b.Bucket, Account: b.Account, Blocked: listIf(b.HasBlocks, b.Blocked),
			BlockedByAccount: listIf(b.HasAccountBlocks, b.BlockedByAccount), Grants: listIf(b.HasGrants, b.Grants),
		}
		if b.Ownership != "" {
			s.Ownership = &b.Ownership
		}
		out.Settings = append(out.Settings, s)
	}
	return out
}

func listIf(read bool, list []string) *[]string {
	if !read {
		return nil
	}
	list = orEmpty(list)
	return &list
}

func unreadOf(list []event.Unread) []Unread {
	out := []Unread{}
	for _, u := range list {
		out = append(out, Unread{u.Call, u.Of.Type, u.Of.Name, u.Account, u.Why, u.Hint})
	}
	return out
}
