package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// key finds the key. The request may name it by id, ARN or alias; the resources
// have its ARN, and so has the response since December 2022.
// https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html
func (p *place) key() {
	before := len(p.targets)
	for s := range p.listed {
		if t, ok := OfKey(s); ok && t.Type == Key {
			p.add(t.Type, t.Name)
		}
	}
	for _, value := range [][]byte{at(p.response, "keyMetadata.arn"), get(p.response, "keyId")} {
		if t, ok := OfKey(field.Text(value)); ok && t.Type == Key {
			p.add(t.Type, t.Name)
		}
	}
	if len(p.targets) == before {
		p.keyNamed(get(p.request, "keyId", "targetKeyId"))
	}
}

// keyNamed adds a key by its ARN, id or alias; a bare one is of the call's
// account and Region.
func (p *place) keyNamed(value []byte) {
	s := field.Text(value)
	t, ok := OfKey(s)
	switch {
	case ok:
		p.add(t.Type, t.Name)
	case s == "" || arn.Valid(s):
	case strings.HasPrefix(s, "alias/"):
		p.addARN(Alias, "kms", p.region, s)
	default:
		p.addARN(Key, "kms", p.region, "key/"+s)
	}
}
