package sections

import (
	"cmp"
	"maps"
	"slices"

	"trail403/ingest/event"
	"trail403/report/page"
	"trail403/report/words"
)

// documents says, once, of which kinds of policies no document was read, so that the
// statements that denied requests are not known.
func (s *sections) documents() {
	unread := map[event.Policy]int{}
	denied, all := 0, 0
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		if len(g.Causes) == 0 || g.Causes[0].Cause.Policy() == "" {
			continue
		}
		all += g.Denials
		if len(g.Statements) == 0 && g.Disagrees == "" {
			unread[g.Causes[0].Cause.Policy()] += g.Denials
			denied += g.Denials
		}
	}
	if denied == 0 {
		return
	}
	kinds := slices.SortedFunc(maps.Keys(unread), func(a, b event.Policy) int {
		return cmp.Or(cmp.Compare(unread[b], unread[a]), cmp.Compare(a, b))
	})
	var parts []page.Text
	for _, k := range kinds {
		parts = append(parts, words.PolicyKinds(k)+" ("+words.Comma(unread[k])+")")
	}
	s.Bullet(page.Bold("Policy documents:") + " for " + words.Comma(denied) + " of " + words.Plural(all, "denial") +
		" by a kind of policy that AWS names, no document was read that explains them: " + page.Join(parts, ", ") +
		". " + page.Code("--policies") + " reads documents from files, and " + page.Code("--live") + " from AWS")
}
