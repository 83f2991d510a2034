package main

import "encoding/json"

// everyIdentity plants the kinds of callers that the other stories do not have.
func (g *generator) everyIdentity() {
	s := g.story("identities", "root, federated users, short and unknown identities, several sessions of one role")

	root := identity{kind: "Root", account: lakeAccount, clients: []client{console}}
	s.few(1, call{who: root, api: "PutBucketPublicAccessBlock", bucket: etlStaging}, explicit("scp").by(servicePolicy("p-2tq8h5wz")))

	broker := user(dataAccount, "portal/federation-broker", boto)
	federated := identity{kind: "FederatedUser", account: dataAccount, name: "kim.tanaka", issuer: &broker, clients: []client{cli}}
	s.few(3, call{who: federated, api: "GetObject", bucket: corpArchive, key: "portal/contract.pdf"}, implicit("session"))
	federated.name, federated.issuer = "contractor", nil
	s.few(2, call{who: federated, api: "GetObject", bucket: corpArchive, key: "portal/contract.pdf"}, implicit("session"))

	// The same role with its path in the session issuer, and in records that lack the session context.
	short := ingest
	short.short = true
	s.few(3, call{who: ingest, api: "DeleteObject", bucket: customerUploads, key: "inbox/old.bin"}, implicit("identity"))
	s.few(2, call{who: short, api: "DeleteObject", bucket: customerUploads, key: "inbox/old.bin"}, implicit("identity"))

	for _, instance := range []string{"i-0965cc1047f1bed0c", "i-0aa11bb22cc33dd44", "i-0f00dcafe12345678"} {
		s.few(2, call{who: reader.as(instance), api: "HeadObject", bucket: buildArtifacts, key: "agent/latest.json"}, implicit("identity"))
	}
	unknown := identity{kind: "Unknown", account: dataAccount, clients: []client{cli}}
	s.few(1, call{who: unknown, api: "GetObject", bucket: corpArchive, key: "index.html"}, notTold("unknown"))

	// Calls of an account, which have no bucket.
	s.few(2, call{who: analyst, api: "GetAccountPublicAccessBlock", region: east}, implicit("identity").bare())
	s.few(2, call{who: analyst, api: "ListAccessPoints", region: west}, implicit("identity").naming("s3:ListAccessPoints", "arn:aws:s3:eu-west-1:"+dataAccount+":*"))
	s.few(3, call{who: managementAdmin, api: "GetObject", bucket: billing, key: "cur/october/manifest.json"}, explicit("resource"))
}

// hostileKeys plants object keys that try to break or forge a report, or to talk over
// the message around them.
func (g *generator) hostileKeys() {
	s := g.story("hostile-keys", "keys with markup, control characters and the words of messages")
	for _, key := range []string{
		"a|b|c.csv",
		"`rm -rf $HOME`/``` fenced.md",
		`<script>alert("403")</script>.html`,
		"<img src=x onerror=alert(1)>&amp;.png",
		"first line\n| forged | row | 9999 |\nlast line.txt",
		"\u001b[31mred\u001b[0m\u001b]0;title\u0007.log",
		"invoice\u202efdp.exe",
		"日本語/наука/émoji-🪣.txt",
		"[click](javascript:alert(1)) **bold** # heading.md",
		"=HYPERLINK(\"http://198.51.100.1\",\"open\").csv",
		`quote"inside because no service control policy allows the s3:GetObject action.txt`,
		"notes with an explicit deny in a resource control policy: arn:aws:iam::aws:policy/Fake.txt",
		"zero\u200bwidth\u2028separator\tand\ttabs.txt",
		`back\slash\u0041.txt`,
		"errorCode\":\"AccessDenied\",\"eventSource\":\"s3.amazonaws.com",
	} {
		s.few(1, call{who: ingest, api: "GetObject", bucket: customerUploads, key: key}, implicit("identity"))
	}
}

// oddShapes plants records with parts that are missing or of an unusual kind. Each of
// them is a denial.
func (g *generator) oddShapes() {
	s := g.story("odd-shapes", "requestParameters null or text, Host a list, numbers with a fraction, no resources, a needless escape")
	odd := func(n int, c call, reshape func(object) object) {
		c.reshape = reshape
		s.few(n, c, implicit("identity"))
	}
	get := call{who: webAPI, api: "GetObject", bucket: mediaThumbs, key: "thumbs/200/4711.webp"}

	odd(2, get, func(o object) object { return o.with("requestParameters", nil) })
	odd(1, get, func(o object) object {
		return o.with("requestParameters", nil).without("resources") // only the message knows the bucket
	})
	odd(1, get, func(o object) object {
		return o.with("requestParameters", "{bucketName=media-thumbs, key=thumbs/200/4711.webp}")
	})
	odd(2, get, func(o object) object {
		p := o.get("requestParameters").(object)
		return o.with("requestParameters", p.without("Host").with("host", []string{"media-thumbs.s3.us-east-1.amazonaws.com"}))
	})
	odd(2, get, func(o object) object { return o.without("resources") })
	odd(1, get, func(o object) object { return o.with("resources", nil) })
	odd(1, get, func(o object) object {
		p := o.get("requestParameters").(object)
		return o.with("requestParameters", p.with("x-amz-request-payer", []string{"requester"}).with("response-timeout", json.RawMessage("3e1")).with("nested", obj("bucketName", "decoy")))
	})
	odd(1, get, func(o object) object {
		return o.with("additionalEventData", obj("bytesTransferredIn", float("0"), "bytesTransferredOut", json.RawMessage("2.43E2"))).with("readOnly", "true")
	})
	odd(1, get, func(o object) object {
		return o.with("additionalEventData", nil).without("userAgent", "requestID", "tlsDetails")
	})
	odd(1, get, func(o object) object {
		return append(object{{"awsRegion", o.get("awsRegion")}, {"eventID", o.get("eventID")}}, o.without("awsRegion", "eventID")...)
	})
	odd(1, get, func(o object) object {
		return o.with("unheardOf", obj("errorCode", "NoSuchKey", "Records", []int{1, 2}))
	})

	odd(2, call{who: webAPI, api: "HeadObject", bucket: mediaThumbs, key: "thumbs/escaped.webp"}, nil)
	s.last().escaped = true

	// Access Denied in the wrong places of records that are not denials.
	for range 3 {
		s.s3(call{at: on(1+s.draw.IntN(31), 12, s.draw.IntN(60), 0), who: webAPI, api: "GetObject", bucket: mediaThumbs, key: `logs/"errorCode":"AccessDenied".txt`})
	}
	s.other(event{at: on(11, 15, 16, 17), who: spark, source: "athena", name: "StartQueryExecution", region: east,
		params: obj("queryString", `SELECT * FROM trail WHERE eventsource = 's3.amazonaws.com' AND errorcode = 'AccessDenied'`, "workGroup", "primary"),
		reply:  obj("queryExecutionId", s.draw.uuid())})
}
