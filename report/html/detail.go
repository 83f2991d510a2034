package html

import (
	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// A detail is a line about a group: what it is, and the text.
type detail [2]page.Text

const (
	maxValues  = 5   // of where denials came from
	maxMessage = 400 // characters of a message
	maxBefore  = 3   // changes
)

// detailsOf returns what is known of a group beyond its row.
func detailsOf(m *model.Model, g *aggregate.Group) (list []detail) {
	add := func(label, text page.Text) {
		if text != "" && text != page.None {
			list = append(list, detail{label, text})
		}
	}
	add("Principal", page.Code(g.Principal))
	for _, c := range g.Causes {
		text := words.Capital(words.CauseAndID(c)) + ": " + words.Plural(c.Denials, "denial")
		if c.PolicyARN != "" {
			text += ", policy " + page.Code(c.PolicyARN)
		}
		add("Cause", text)
	}
	for _, l := range g.Trend.Changes[:min(len(g.Trend.Changes), maxBefore)] {
		c := &m.Changes[l.Change]
		add("Change before", words.Capital(words.Lag(l.Lag))+" before: "+words.Change(c)+
			"; on "+words.Second(c.Time, m.Window))
	}
	add("Since the last denial", words.Capital(words.Recovery(g, m.Window)))
	add("Event names", namesOf(g.EventNames))
	for _, of := range []struct {
		label page.Text
		top   *aggregate.Top
	}{
		{"Addresses", &g.From.SourceIPs}, {"Tools", &g.From.UserAgents}, {"Regions", &g.From.Regions},
		{"VPC endpoints", &g.From.VPCEndpoints}, {"Key prefixes", &g.From.KeyPrefixes},
	} {
		add(of.label, namesOf(of.top.List))
	}
	for i := range g.Examples {
		e := &g.Examples[i]
		text := words.Second(e.EventTime, m.Window) + " UTC, event " + page.Name(e.EventID) + ": " +
			page.CodeUpTo(e.Text(), maxMessage)
		if !model.NamesKey(e) {
			text += ", on object " + page.CodeUpTo(e.Key, maxMessage)
		}
		add("Example", text)
	}
	if command := commandOf(g); command != "" {
		add("Command", page.Command(command))
	}
	return list
}

// namesOf lists values with their denials.
func namesOf(counts []aggregate.Count) page.Text {
	var list []page.Text
	for _, c := range counts[:min(len(counts), maxValues)] {
		list = append(list, page.Name(c.Value)+" ("+words.Comma(c.Denials)+")")
	}
	if rest := len(counts) - len(list); rest > 0 {
		list = append(list, "and "+words.Comma(rest)+" more")
	}
	return page.Join(list, ", ")
}

// commandOf returns the command that reports on the group alone. Names that a shell
// could take for anything else make none.
func commandOf(g *aggregate.Group) string {
	principal, action, bucket := words.Plain(g.Principal), words.Plain(g.Action), words.Plain(g.Bucket)
	if principal == "" || action == "" || bucket == "" {
		return ""
	}
	return "trail403 report --principal " + principal + " --action " + action + " --bucket " + bucket + " SOURCE"
}
