package html

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/klauspost/compress/gzip"

	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/picture"
	"trail403/report/words"

	"trail403/aggregate"
)

// maxGroups is how many groups the page has. A browser is slow with more, and nobody
// looks through them.
const maxGroups = 20_000

// data is what the script knows. Its texts are of the type that all formats share, with
// marks for names and commands, in which nothing invisible is left. The script shows
// them as text, never as HTML.
type data struct {
	Start  int64       `json:"start"` // of the first bin, in seconds
	Step   int64       `json:"step"`  // of a bin, in seconds
	Bins   int         `json:"bins"`
	Across int         `json:"across"` // columns of the matrix; zero if the page lacks groups of it
	Causes []page.Text `json:"causes"` // by denials descending
	Groups []group     `json:"groups"`

	total int // of groups, also those that the page does not have
	view  view
}

func newData(m *model.Model) *data {
	v := view{m: m, bins: picture.BinsOf(m.Window), numbers: map[string]int{}, heat: picture.Matrix(m.Result)}
	for _, in := range m.Incidents {
		v.numbers[in.ID] = in.Number
	}
	shown := make([]*aggregate.Group, min(len(m.Groups), maxGroups))
	for i := range shown {
		shown[i] = &m.Groups[i]
	}
	v.ranked = picture.Ranked(shown)
	d := &data{Bins: v.bins.N, Causes: []page.Text{}, Groups: make([]group, len(shown)), total: len(m.Groups), view: v}
	if d.total == len(shown) {
		d.Across = v.heat.Columns
	}
	if d.Bins > 0 {
		d.Start, d.Step = v.bins.Start().Unix(), int64(v.bins.Step().Seconds())
	}
	for _, c := range v.ranked {
		d.Causes = append(d.Causes, words.CauseOfRequest(aggregate.Cause{Cause: c}))
	}
	for i, g := range shown {
		d.Groups[i] = v.group(g)
	}
	return d
}

// packed returns the data compressed, as text that is safe within an element.
func (d *data) packed() (string, error) {
	var packed bytes.Buffer
	encoder := base64.NewEncoder(base64.RawURLEncoding, &packed)
	w, err := gzip.NewWriterLevel(encoder, gzip.DefaultCompression)
	if err != nil {
		return "", err
	}
	if err := json.NewEncoder(w).Encode(d); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	err = encoder.Close()
	return packed.String(), err
}
