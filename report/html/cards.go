package html

import (
	"html/template"
	"strconv"

	"trail403/ingest/event"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/picture"
	"trail403/report/plot"
)

// cards writes the blocks of a page, and makes parts of it cards: an incident has an id,
// its time, and its timeline below its heading; a policy is folded below its heading.
type cards struct {
	*page.HTML
	m      *model.Model
	ranked []event.Cause // all causes, by denials descending
	heat   *picture.Heat
	kind   kind
	end    template.HTML // of the card that is open
	number int           // of the last incident
	policy int           // of the last policy, among all to fix
	alarm  int           // of the next alarm
	hint   int           // of the next hint
}

// A kind says what the cards of a section are.
type kind int

const (
	none kind = iota
	incident
	policyCard
	alarm
	hint
)

// maxPictures is how many incidents have a timeline of their own.
const maxPictures = 100

func (c *cards) Heading(level int, t page.Text) {
	c.close()
	switch {
	case level == 3 && c.kind == incident:
		c.incident(t)
	case level == 3 && c.kind == policyCard:
		c.Raw(`<details class="card"` + template.HTML(c.nextPolicy()) + "><summary>")
		c.HTML.Heading(level, t)
		c.Raw("</summary>\n")
		c.end = "</details>\n"
	case level == 3 && c.kind == alarm:
		p := c.m.Alarms[c.alarm].Policy
		c.alarm++
		c.Raw("<div" + template.HTML(page.Span(p.FirstSeen, p.LastSeen)) + ">\n")
		c.HTML.Heading(level, t)
		c.end = "</div>\n"
	default:
		c.HTML.Heading(level, t)
	}
}

func (c *cards) Bullet(t page.Text) {
	if c.kind != hint {
		c.HTML.Bullet(t)
		return
	}
	r := &c.m.Remarks[c.hint]
	c.hint++
	c.BulletOf(r.First, r.Last, t)
}

func (c *cards) incident(t page.Text) {
	in := c.m.Incidents[c.number]
	c.number++
	c.Raw(`<section class="card" id="` + template.HTML(template.HTMLEscapeString(in.ID)) + `" data-number="` +
		template.HTML(strconv.Itoa(in.Number)) + `"` + template.HTML(page.Span(in.Onset, in.LastSeen)) + ">\n")
	c.HTML.Heading(3, t)
	c.end = "</section>\n"
	if c.number <= maxPictures {
		c.picture(picture.Incident(c.m, in, c.ranked), "small")
	}
}

// nextPolicy returns the times of the next policy that no incident is about.
func (c *cards) nextPolicy() string {
	for c.m.Fixes[c.policy].Incident != nil {
		c.policy++
	}
	p := c.m.Fixes[c.policy].Policy
	c.policy++
	return page.Span(p.FirstSeen, p.LastSeen)
}

// close ends the card that is open.
func (c *cards) close() {
	if c.end != "" {
		c.Raw(c.end)
	}
	c.end = ""
}

// section writes a section whose parts are cards of a kind.
func (c *cards) section(k kind, write func()) {
	c.kind = k
	write()
	c.close()
	c.kind = none
}

// picture puts a picture into the page, if there is one.
func (c *cards) picture(p *plot.Picture, class string) {
	if p != nil {
		c.Raw(template.HTML(`<div class="picture">` + p.SVG(class) + "</div>\n"))
	}
}
