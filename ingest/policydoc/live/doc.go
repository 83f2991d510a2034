// Package live reads policies from AWS: those that denials name, and nothing else. It
// only makes calls that read.
//
// It uses the configuration, the credentials and the signatures of the AWS SDK. The calls
// are made here, because the modules of the services would make the program 5% larger,
// and because an answer can come from anything that a variable of the environment names:
// it is bounded, and believed only as far as it fits the question.
//
// The order of the steps, each using only those before it:
//
//  1. operation.go lists all calls, with the permissions that they need. name.go decides
//     which names of a log AWS is asked about.
//  2. budget.go bounds the number of calls and the time. text.go makes texts from elsewhere
//     fit to be shown. access.go says what access to an account is.
//  3. client.go loads the configuration. endpoint.go finds the server of a service, and
//     request.go forms requests in the protocol of each service. answer.go reads answers,
//     within bounds.
//  4. send.go signs and sends one request. call.go makes a call, and again if the network or a
//     busy service is why it failed. session.go gets the credentials for an account.
//  5. failure.go says what went wrong, and what to do about it.
//  6. part.go collects what was read of one thing, and memory.go what many things have.
//     managed.go, identity.go, resource.go, bucket.go and organization.go each read one kind of
//     thing.
//  7. reader.go reads everything that is wanted.
package live
