package denial

import (
	"strings"
	"testing"

	"trail403/ingest/event"
)

func TestKeyOf(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	const record = `{"eventSource":"kms.amazonaws.com","eventName":"Decrypt","errorCode":"AccessDenied",` +
		`"requestParameters":{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::sealed/a/b.csv"}},` +
		`"resources":[{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"` + key + `"}]}`
	use, ok := KeyOf([]byte(record))
	if want := (event.KeyUse{Bucket: "sealed", Key: key}); !ok || use != want {
		t.Errorf("got %+v, %t, want %+v", use, ok, want)
	}
	for name, other := range map[string]string{
		"success":          strings.Replace(record, `"errorCode":"AccessDenied",`, "", 1),
		"another service":  strings.Replace(record, `"eventSource":"kms.amazonaws.com"`, `"eventSource":"s3.amazonaws.com","by":"kms.amazonaws.com"`, 1),
		"no bucket":        strings.Replace(record, "arn:aws:s3:::sealed/a/b.csv", "sealed", 1),
		"no key":           strings.Replace(record, key, "arn:aws:s3:::sealed", 1),
		"no context":       strings.Replace(record, "encryptionContext", "context", 1),
		"not even a value": `{"kms.amazonaws.com aws:s3:arn`,
	} {
		if use, ok := KeyOf([]byte(other)); ok {
			t.Errorf("%s: got %+v", name, use)
		}
	}
}
