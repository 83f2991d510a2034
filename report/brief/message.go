// Package brief writes a report as a message of a few lines: what is new, what is
// ongoing, whom to call, and where to read more. The words are those of the report.
//
// collect.go collects the lines of a report, and message.go chooses among them. text.go
// writes them as text, slack.go and teams.go as what these services take, and
// annotations.go as commands of GitHub.
package brief

import (
	"slices"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/sections"
	"trail403/report/words"
)

// A Message is a title and some lines.
type Message struct {
	Title page.Text
	Lines []page.Text
}

// maxLines is how many lines a message has, with its title.
const maxLines = 10

// Of returns the message about a result.
func Of(r *aggregate.Result, o sections.Options) Message {
	m := model.Build(r, 0)
	c := &collector{}
	parts := sections.For(c, m, o)
	parts.Headline()
	message := Message{Title: c.title}
	var last []page.Text
	if o.Against != nil {
		message.Lines = append(message.Lines, "Since the earlier report: "+sections.News(o.Against))
	}
	if who := whoCanFix(m); who != "" {
		last = append(last, who)
	}
	last = append(last, "More: "+page.Command("trail403 report -o report.html SOURCE")+
		" makes a page with the incidents and alarms that are named here.")
	room := maxLines - 1 - len(message.Lines) - len(last)
	message.Lines = slices.Concat(message.Lines, c.lines[:min(len(c.lines), room)], last)
	return message
}

// maxOwners is how many incidents name who can fix them.
const maxOwners = 3

// whoCanFix says whom to call about the incidents that the message opens with.
func whoCanFix(m *model.Model) page.Text {
	var list []page.Text
	for _, in := range m.News[:min(len(m.News), maxOwners)] {
		if in.Fix != nil {
			list = append(list, page.Quoted(in.Fix.Advice.OwnerText)+" (Incident"+words.Space+words.Comma(in.Number)+")")
		}
	}
	if len(list) == 0 {
		return ""
	}
	return page.Bold("Who can fix it:") + " " + page.Join(list, "; ") + "."
}
