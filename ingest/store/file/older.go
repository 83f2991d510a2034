package file

import (
	"strings"

	"trail403/ingest/change"
	"trail403/ingest/denial"
)

// older decodes the records of rows that another decoder read. What is no event any
// more is left out.
type older struct {
	decoder *denial.Decoder
	codes   map[string]bool // that mean denied
}

// again decodes a row again. ok says whether it is still an event.
func (o *older) again(r *row) (ok bool) {
	record := []byte(r.record)
	switch r.kind {
	case denials:
		d, verdict, err := o.denials(r.denial.ErrorCode).Decode(record)
		d.Fingerprint, d.Place = r.denial.Fingerprint, r.place
		r.denial, ok = d, err == nil && verdict == denial.Denied
	case changes:
		c, found, err := change.Decode(record)
		if ok = found && err == nil; ok {
			c.Documents = change.Documents(record, &c)
		}
		c.Fingerprint = r.change.Fingerprint
		r.change = c
	case keys:
		r.key, ok = denial.KeyOf(record)
	}
	return ok
}

// denials returns a decoder to which the code of a row means denied, as it did when the
// row was written.
func (o *older) denials(code string) *denial.Decoder {
	if o.codes == nil {
		o.codes = map[string]bool{}
		for _, c := range denial.DefaultErrorCodes() {
			o.codes[c] = true
		}
	}
	if o.decoder == nil || !o.codes[code] {
		o.codes[strings.Clone(code)] = true
		var codes []string
		for c := range o.codes {
			codes = append(codes, c)
		}
		o.decoder = denial.NewDecoder(codes...)
	}
	return o.decoder
}
