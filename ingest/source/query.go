package source

import (
	"slices"
	"strings"
	"time"
)

// Query says which objects to find. The zero value finds all.
type Query struct {
	From, To time.Time // of delivery, half-open, UTC; zero is open
	Accounts []string  // account ids; none stand for all
	Regions  []string  // none stand for all
}

// Prunes says whether to skip a folder without listing it: it holds no records, or
// its path shows that it holds none of the accounts and Regions.
func (q *Query) Prunes(folder string) bool {
	return IsPruned(folder) || q.narrowsFolder(strings.TrimSuffix(folder, "/"))
}

func (q *Query) narrowsFolder(folder string) bool {
	if len(q.Accounts) > 0 {
		for _, is := range []func(string) []string{accountFolder.FindStringSubmatch, recordFolder.FindStringSubmatch} {
			if m := is(folder); m != nil && !slices.Contains(q.Accounts, m[1]) {
				return true
			}
		}
	}
	if len(q.Regions) > 0 {
		m := regionFolder.FindStringSubmatch(folder + "/")
		if m != nil && strings.HasSuffix(folder, "/"+m[3]) && !slices.Contains(q.Regions, m[3]) {
			return true
		}
	}
	return false
}

// Narrows says whether an object's path shows another account or Region than the
// query asks for. If the path does not show them, the object may be of any.
func (q *Query) Narrows(name string) bool {
	if len(q.Accounts) == 0 && len(q.Regions) == 0 {
		return false
	}
	return !q.Has(Whose(name))
}

// Has says whether the query asks for an account and a Region. Either may be empty: then
// it may be any.
func (q *Query) Has(account, region string) bool {
	return (len(q.Accounts) == 0 || account == "" || slices.Contains(q.Accounts, account)) &&
		(len(q.Regions) == 0 || region == "" || slices.Contains(q.Regions, region))
}

// span returns the range of keys of the objects that were delivered to a Region's
// folder in the times of the query. Both ends are exclusive, and empty if open.
// Names start with account, folder and Region, followed by the minute of delivery,
// so they sort by time.
func (q *Query) span(folder string) (after, before string) {
	m := regionFolder.FindStringSubmatch(folder)
	at := func(t time.Time) string {
		return folder + t.Format("2006/01/02/") + m[1] + "_" + m[2] + "_" + m[3] + "_" + t.Format("20060102T1504")
	}
	if !q.From.IsZero() {
		after = at(q.From.UTC().Truncate(time.Minute))
	}
	if !q.To.IsZero() {
		before = at(q.To.UTC().Add(time.Minute - 1).Truncate(time.Minute))
	}
	return after, before
}

// regionOf returns the folder of a Region, with its slash, that a key of
// CloudTrail's layout is in. It is empty if the key is in none.
func regionOf(key string) string {
	at := regionFolder.FindStringIndex(key)
	if at == nil {
		return ""
	}
	return key[:at[1]]
}
