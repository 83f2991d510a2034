package row

import (
	"encoding/json"
	"reflect"
	"testing"

	"trail403/ingest/denial"
	"trail403/ingest/scan"
)

func TestRecord(t *testing.T) {
	for columns, want := range map[string]string{
		`{}`: `{}`,
		`{"eventName":"GetObject","errorCode":null}`: `{"eventName":"GetObject"}`,
		`{"userIdentity":{"type":"AWSAccount","principalid":"AIDA","arn":null,"accountid":"","sessioncontext":` +
			`{"attributes":{"mfaauthenticated":"false","creationdate":null},"sessionissuer":{"arn":"arn:x","username":"n"},"ec2roledelivery":"2.0"}}}`: //
		`{"userIdentity":{"type":"AWSAccount","principalId":"AIDA","accountId":"","sessionContext":` +
			`{"attributes":{"mfaAuthenticated":"false"},"sessionIssuer":{"arn":"arn:x","userName":"n"},"ec2RoleDelivery":"2.0"}}}`,
		`{"resources":[{"arn":"arn:aws:s3:::b","accountid":"1","type":"AWS::S3::Bucket"},{"arn":null,"accountid":null,"type":null}]}`://
		`{"resources":[{"ARN":"arn:aws:s3:::b","accountId":"1","type":"AWS::S3::Bucket"},{}]}`,
		`{"requestParameters":"{\"bucketName\":\"b\",\"key\":\"a\\\"b\"}","responseElements":"null","additionalEventData":"no {JSON"}`://
		`{"requestParameters":{"bucketName":"b","key":"a\"b"},"responseElements":null,"additionalEventData":"no {JSON"}`,
		`{"requestParameters":"{\"a\":"}`:            `{"requestParameters":"{\"a\":"}`,
		`{"requestParameters":"\"text\""}`:           `{"requestParameters":"\"text\""}`,
		`{"errorMessage":"{\"not\":\"unwrapped\"}"}`: `{"errorMessage":"{\"not\":\"unwrapped\"}"}`,
		`{"tlsDetails":{"tlsversion":"TLSv1.3","ciphersuite":"x","clientprovidedhostheader":"h"},"addendum":{"originaleventid":"e"}}`://
		`{"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"x","clientProvidedHostHeader":"h"},"addendum":{"originalEventID":"e"}}`,
	} {
		if got, err := Record(nil, []byte(columns)); err != nil || string(got) != want {
			t.Errorf("%s\nbecomes %s, %v\nnot     %s", columns, got, err, want)
		}
	}
	prefix := `"resources":[{"type":"AWS::S3::Object","arn":null},{"type":"AWS::S3::Bucket","arn":"arn:aws:s3:::b"}]`
	if _, err := Record(nil, []byte(`{"requestParameters":"{\"bucketName\":\"b\"}",`+prefix+`}`)); err != nil {
		t.Errorf("a resource with a prefix only: %v", err)
	}
	if _, err := Record(nil, []byte(`{"requestParameters":"{\"key\":\"k\"}",`+prefix+`}`)); err != ErrPrefix {
		t.Errorf("a prefix that may name the bucket: %v", err)
	}
	for _, columns := range []string{
		`{"userIdentity":["AWSAccount","AIDA"]}`, `{"userIdentity":"{type=Root}"}`, `{"resources":[["a","b"]]}`, `{"resources":"[]"}`,
		`{"addendum":[null]}`, `{"tlsDetails":1}`,
	} {
		if got, err := Record(nil, []byte(columns)); err != ErrShape {
			t.Errorf("%s becomes %s, %v", columns, got, err)
		}
	}
}

// Any JSON becomes JSON, and decoding it never panics.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(`{"userIdentity":{"principalid":"x","sessioncontext":null},"resources":[{"arn":"a"},null],"requestParameters":"{}"}`))
	f.Add([]byte(`{"a\u0000":[[],{"b":"\ud800"}],"":1e9}`))
	f.Fuzz(func(t *testing.T, columns []byte) {
		var value map[string]any
		if !scan.Valid(columns) || json.Unmarshal(columns, &value) != nil {
			t.Skip("no object")
		}
		record, err := Record(nil, columns)
		if err != nil {
			t.Skip("no table has it")
		}
		var back map[string]any
		if err := json.Unmarshal(record, &back); err != nil {
			t.Fatalf("%s becomes %s: %v", columns, record, err)
		}
		if text, ok := value["errorMessage"].(string); ok && !reflect.DeepEqual(back["errorMessage"], text) {
			t.Errorf("the message %q becomes %q", text, back["errorMessage"])
		}
		_, _, _ = denial.NewDecoder().Decode(record)
	})
}
