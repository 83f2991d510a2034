package file

import (
	"bytes"
	"io"
	"testing"
)

// Files of a day of 5,000 denials.
func BenchmarkWrite(b *testing.B) {
	events := day(5000)
	for b.Loop() {
		w, err := NewWriter(io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range events {
			if err := w.AddDenial(e.denial, []byte(e.record)); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/denial")
}

func BenchmarkRead(b *testing.B) {
	events := day(5000)
	data := writeFile(b, events)
	r, err := NewReader()
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	for b.Loop() {
		f, err := ReadFooter(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		for i := range f.Groups {
			if err := r.Group(bytes.NewReader(data), f, i, Want{}, func(*Event) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/denial")
}

// day returns denials that are as different as those of a trail.
func day(n int) (list []found) {
	f := &filler{}
	for i := range n {
		d := filled[den](f)
		few := filled[den](&filler{n: i % 50 * 1000})
		few.EventID, few.Key, few.Message, few.RequestID = d.EventID, d.Key, d.Message, d.RequestID
		few.Fingerprint, few.Place.Record = d.Fingerprint, i
		few.Place.Object.Entry = 0
		list = append(list, found{denial: &few, record: `{"eventID":"` + d.EventID + `","record":"` + d.Message + `"}`})
	}
	return list
}
