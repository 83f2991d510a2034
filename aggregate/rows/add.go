package rows

import "trail403/ingest/event"

// Add appends a denial.
func (t *Table) Add(d *event.Denial) {
	r := t.rowOf(d)
	if t.spare.has(d) {
		t.rows.add(r)
		return
	}
	b := t.beside(r.group())
	r.text[KeyPrefix] = t.addKey(&b.keys, r.text[Cause], r.text[DeniedAction], d.Key)
	t.rows.add(r)
	b.addDetail(Detail{
		event: r.event, micros: r.Micros, flags: r.flags, fingerprint: r.fingerprint,
		Message: d.Message, Key: d.Key, Session: d.Session,
	}, t.allDetails)
}

// rowOf makes the row of a denial, all but the prefix of its object key.
func (t *Table) rowOf(d *event.Denial) Row {
	in := t.strings.intern
	r := Row{
		Micros:      d.Time.UnixMicro(),
		fingerprint: d.Fingerprint,
		Why:         whyOf(d.WhyNotTold),
		text: [columns]uint32{
			Principal:     in(d.Principal),
			Action:        in(d.Action),
			Bucket:        in(d.Bucket),
			BucketAccount: in(d.BucketAccount),
			Recipient:     in(d.Recipient),
			Cause:         in(string(d.Cause)),
			DeniedAction:  in(d.DeniedAction),
			PolicyARN:     in(d.PolicyARN),
			EventSource:   in(d.Source),
			EventName:     in(d.Name),
			ErrorCode:     in(d.ErrorCode),
			Region:        in(d.Region),
			SourceIP:      in(d.SourceIP),
			UserAgent:     in(d.UserAgent),
			VPCEndpoint:   in(d.VPCEndpoint),
			KMSKey:        in(d.KMSKey),
		},
	}
	if d.HasARN {
		r.flags |= hasARN
	}
	if d.Recipient != "" && d.Recipient == d.CallerAccount {
		r.flags |= requester
	}
	if d.EventID == "" {
		r.flags |= noEventID
		r.event = fingerprintID(d.Fingerprint)
		return r
	}
	r.event = t.id(d.EventID)
	if d.SharedEventID != "" {
		r.shared, _ = idOf(d.SharedEventID)
	}
	if d.OriginalEventID != "" {
		x, _ := idOf(d.OriginalEventID)
		t.originals = append(t.originals, original{t.rows.n, x})
	}
	return r
}

func (t *Table) id(s string) id {
	x, isUUID := idOf(s)
	if !isUUID {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
	return x
}

// mostKeyUses bounds how many pairs of bucket and KMS key are kept, of one object and
// in total. There are about as many as encrypted buckets.
const mostKeyUses = 100_000

// addKeyUse notes a KMS key that a bucket's objects are encrypted with.
func (t *Table) addKeyUse(use event.KeyUse) {
	if t.keyUses == nil {
		t.keyUses = map[event.KeyUse]bool{}
	}
	if len(t.keyUses) < mostKeyUses {
		t.keyUses[use] = true
	}
}
