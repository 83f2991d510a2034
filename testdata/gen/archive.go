package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A file is one object of the archive.
type file struct {
	kind      string // trail, network-activity, digest, insight, aggregated, s3-notification, not-cloudtrail
	path      string
	delivered time.Time
	entries   []*entry
	body      []byte
}

// write puts the file below dir, gzipped if its name says so.
func (f *file) write(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	body := f.body
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := z.Write(body); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		body = b.Bytes()
	}
	return os.WriteFile(name, body, 0o644)
}

// A trail is what one account delivers from one Region to one folder.
type trail struct{ account, folder, region string }

func (t trail) path(d draw, delivered time.Time) string {
	name := t.account + "_" + t.folder + "_" + t.region + "_" + delivered.Format("20060102T1504Z_") + d.text(16, alphanumerics) + ".json.gz"
	return path.Join("AWSLogs", organization, t.account, t.folder, t.region, delivered.Format("2006/01/02"), name)
}

// busy says whether the trail delivers twice a day.
func (t trail) busy() bool { return t.account != managementAccount && t.region == east }

// held lists the records that come hours late: those of a trail between two times are
// delivered with the next file after the third time.
var held = []struct {
	trail
	from, to, until time.Time
}{
	{trail{appAccount, "CloudTrail", east}, on(7, 19, 0, 0), on(7, 22, 30, 0), on(8, 3, 17, 0)},
	{trail{dataAccount, "CloudTrail", east}, on(16, 20, 0, 0), on(16, 23, 0, 0), on(17, 5, 41, 0)},
	{trail{lakeAccount, "CloudTrail", west}, on(13, 18, 0, 0), on(13, 21, 0, 0), on(14, 2, 33, 0)},
	{trail{lakeAccount, "CloudTrail", east}, on(22, 16, 0, 0), on(22, 22, 0, 0), on(23, 6, 8, 0)},
	{trail{dataAccount, "CloudTrail", east}, on(28, 19, 0, 0), on(28, 21, 0, 0), on(29, 4, 2, 0)},
}

// pack sorts the records into files. Real trails deliver every five minutes. Here a
// file holds half a day or a day, so that the archive stays small, and is delivered
// some minutes after its last records. The records of the last minutes of a day are in
// the next day's first file.
func (g *generator) pack() []*file {
	d := newDraw(g.seed, "pack")
	trails := map[trail][]*entry{}
	for _, e := range g.entries {
		t := trail{e.account, e.folder, e.region}
		for _, h := range held {
			if t == h.trail && !e.arrives.Before(h.from) && e.arrives.Before(h.to) && e.record.get("addendum") == nil {
				e.arrives = h.until
				e.record = e.record.with("addendum", obj("reason", "DELIVERY_DELAY"))
			}
		}
		trails[t] = append(trails[t], e)
	}
	var files []*file
	for _, t := range sortedTrails(trails) {
		files = append(files, t.files(d, trails[t])...)
	}
	return append(files, deliverTwice(d, files))
}

func sortedTrails(m map[trail][]*entry) []trail {
	var list []trail
	for t := range m {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b trail) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.folder, b.folder), cmp.Compare(a.region, b.region))
	})
	return list
}

// files cuts a trail's records into files.
func (t trail) files(d draw, entries []*entry) []*file {
	slices.SortStableFunc(entries, func(a, b *entry) int { return a.arrives.Compare(b.arrives) })
	var cuts []time.Time
	for day := windowStart; !day.After(windowEnd); day = day.AddDate(0, 0, 1) {
		if t.busy() {
			cuts = append(cuts, day.Add(11*time.Hour+time.Duration(40+d.IntN(30))*time.Minute))
		}
		cuts = append(cuts, day.Add(23*time.Hour+time.Duration(35+d.IntN(14))*time.Minute))
	}
	for _, h := range held {
		if h.trail == t {
			cuts = append(cuts, h.until.Add(time.Minute))
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)

	var files []*file
	for _, cut := range cuts {
		n := slices.IndexFunc(entries, func(e *entry) bool { return !e.arrives.Before(cut) })
		if n < 0 {
			n = len(entries)
		}
		if n == 0 {
			continue
		}
		f := &file{kind: "trail", entries: entries[:n:n], delivered: cut.Add(time.Duration(2+d.IntN(7)) * time.Minute)}
		if cut.After(windowEnd) { // the last records of October come soon after midnight
			f.delivered = windowEnd.Add(time.Duration(4+d.IntN(4)) * time.Minute)
		}
		if t.folder == "CloudTrail-NetworkActivity" {
			f.kind = "network-activity"
		}
		entries = entries[n:]
		f.path = t.path(d, f.delivered)
		// Within a file, the records are almost in order of time.
		for i := 1; i < n; i++ {
			if f.entries[i].fixed {
				continue
			}
			if j := max(0, i-d.IntN(4)); d.chance(0.3) {
				f.entries[i], f.entries[j] = f.entries[j], f.entries[i]
			}
		}
		f.body = f.encode(t == (trail{dataAccount, "CloudTrail", west}) && f.delivered.Day() == 13)
		files = append(files, f)
	}
	return files
}

// encode writes the records as CloudTrail does, on one line, or indented as an editor
// would save them.
func (f *file) encode(indented bool) []byte {
	var b bytes.Buffer
	b.WriteString(`{"Records":[`)
	for i, e := range f.entries {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(e.encode())
	}
	b.WriteString("]}")
	if !indented {
		return b.Bytes()
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, b.Bytes(), "", "    "); err != nil {
		panic(err) // this program wrote it
	}
	return append(pretty.Bytes(), '\n')
}
