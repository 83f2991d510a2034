package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// key finds the key. The request may name it by id, ARN or alias. The resources
// have its ARN, and so has the response since December 2022.
// https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html
func (f *finder) key() {
	before := len(f.targets)
	for s := range f.listed {
		if t, ok := OfKey(s); ok && t.Type == Key {
			f.add(t.Type, t.Name)
		}
	}
	for _, value := range [][]byte{at(f.response, "keyMetadata.arn"), get(f.response, "keyId")} {
		if t, ok := OfKey(field.Text(value)); ok && t.Type == Key {
			f.add(t.Type, t.Name)
		}
	}
	if len(f.targets) == before {
		f.keyNamed(get(f.request, "keyId", "targetKeyId"))
	}
}

// keyNamed adds a key by its ARN, id or alias. A bare one is of the call's
// account and Region.
func (f *finder) keyNamed(value []byte) {
	s := field.Text(value)
	t, ok := OfKey(s)
	switch {
	case ok:
		f.add(t.Type, t.Name)
	case s == "" || arn.Valid(s):
	case strings.HasPrefix(s, "alias/"):
		f.addARN(Alias, "kms", f.region, s)
	default:
		f.addARN(Key, "kms", f.region, "key/"+s)
	}
}
