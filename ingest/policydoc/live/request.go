package live

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// request is what is asked.
type request struct {
	operation int
	partition string
	region    string // where to ask; empty for any
	account   string // whose server answers, of the services that have one for each

	method, path, query string
	header              map[string]string
	body                string
}

// to returns the request with the place where it is asked.
func (r request) to(partition, region, account string) request {
	r.partition, r.region, r.account = partition, region, account
	return r
}

// ask forms a request in the query protocol, with names and values in turn.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
func ask(op int, parameters ...string) request {
	form := url.Values{"Action": {operations[op].name}, "Version": {services[operations[op].service].version}}
	for i := 0; i+1 < len(parameters); i += 2 {
		if parameters[i+1] != "" {
			form.Set(parameters[i], parameters[i+1])
		}
	}
	return request{
		operation: op, method: http.MethodPost, path: "/", body: form.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
	}
}

// askJSON forms a request in the JSON protocol.
func askJSON(op int, parameters map[string]string) request {
	for name, value := range parameters {
		if value == "" {
			delete(parameters, name)
		}
	}
	body, _ := json.Marshal(parameters) // which cannot fail
	return request{
		operation: op, method: http.MethodPost, path: "/", body: string(body),
		header: map[string]string{
			"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": operations[op].name,
		},
	}
}

// askBucket forms a request for something of a bucket. The owner that is expected makes S3
// refuse the request where somebody else has a bucket of this name now.
func askBucket(op int, bucket, owner string) request {
	r := request{operation: op, method: http.MethodGet, path: "/" + bucket, query: operations[op].name}
	if owner != "" {
		r.header = map[string]string{"X-Amz-Expected-Bucket-Owner": owner}
	}
	return r
}

// askControl forms a request for something of an account in S3.
func askControl(op int, account, rest string) request {
	return request{
		operation: op, method: http.MethodGet, path: operations[op].name + rest,
		header: map[string]string{"X-Amz-Account-Id": account},
	}
}
