package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.error.AccessException;
import io.registrykit.internal.auth.Scopes;
import io.registrykit.internal.auth.Session;
import io.registrykit.internal.auth.SignInService;
import io.registrykit.internal.json.JsonWriter;
import io.registrykit.spi.auth.Credentials;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The token endpoint. Grants what is permitted of what is asked for, and says nothing of the rest:
 * a client sees at its next request what is missing. Thread-safe.
 *
 * @see <a href="https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md">Azure/acr, AAD and
 *     OAuth</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">Docker Registry,
 *     OAuth 2</a>
 */
public final class TokenOperations {
  static final String TOKEN_PATH = "/oauth2/token";
  private static final String EXCHANGE_PATH = "/oauth2/exchange";
  private static final String REFRESH_TOKEN = "refresh_token";
  private static final String ACCESS_TOKEN = "access_token";

  private final SignInService service;

  /**
   * The endpoint.
   *
   * @param service signs in and issues
   */
  public TokenOperations(SignInService service) {
    this.service = service;
  }

  /**
   * The rows of the endpoint.
   *
   * @return the rows in the order of the documentation
   */
  public List<Route> routes() {
    return List.of(
        row(
            "GET",
            TOKEN_PATH,
            "Get an access token for `scope`, with Basic or anonymously",
            this::get),
        row(
            "POST",
            TOKEN_PATH,
            "The same, with a refresh token or a password in a form",
            this::post),
        row(
            "POST",
            EXCHANGE_PATH,
            "Get a refresh token for an access token of the identity provider",
            this::exchange));
  }

  private static Route row(String method, String path, String summary, Operation operation) {
    return new Route(
        method, path, Needs.nothing(), OperationKind.SIGN_IN, summary, refusing(operation));
  }

  /** Says with every refusal how to sign in, as RFC 9110 asks for. */
  private static Operation refusing(Operation operation) {
    return call -> {
      try {
        return operation.answer(call);
      } catch (AccessException e) {
        return ErrorBody.of(
            Reply.status(e.httpStatus()).header(HeaderNames.WWW_AUTHENTICATE, Challenge.basic()),
            e);
      }
    };
  }

  private ApiResponse get(Call call) throws IOException {
    TokenRequest wanted = TokenRequest.ofQuery(call.request());
    checkService(wanted);
    return grant(basic(call.request()), wanted);
  }

  private ApiResponse post(Call call) throws IOException {
    ApiRequest request = call.request();
    TokenRequest wanted = TokenRequest.ofForm(request);
    checkService(wanted);
    String type = wanted.field("grant_type").orElse("password");
    return switch (type) {
      case REFRESH_TOKEN ->
          grant(
              service.refreshToken(wanted.required(REFRESH_TOKEN), request.remoteAddress()),
              wanted);
      case "password" -> grant(password(request, wanted), wanted);
      default -> throw TokenRequest.invalid("the grant type is not offered here");
    };
  }

  /** Without a name it is somebody anonymous, unless the header says more. */
  private Session password(ApiRequest request, TokenRequest wanted) throws IOException {
    Optional<String> user = wanted.field("username");
    if (user.isEmpty()) {
      return basic(request);
    }
    return service.password(
        new Credentials.Password(user.get(), wanted.field("password").orElse("")),
        request.remoteAddress());
  }

  private Session basic(ApiRequest request) throws IOException {
    Credentials credentials =
        AuthorizationHeader.read(request.headers()).orElseThrow(BearerAccessControl::invalid);
    if (credentials instanceof Credentials.Password password) {
      return service.password(password, request.remoteAddress());
    }
    if (credentials instanceof Credentials.Bearer) {
      throw BearerAccessControl.invalid();
    }
    return Session.ANONYMOUS;
  }

  private ApiResponse exchange(Call call) throws IOException {
    ApiRequest request = call.request();
    TokenRequest wanted = TokenRequest.ofForm(request);
    checkService(wanted);
    String type = wanted.required("grant_type");
    String token =
        switch (type) {
          case ACCESS_TOKEN, "access_token_refresh_token" ->
              service.issueRefresh(
                  service.providerToken(wanted.required(ACCESS_TOKEN), request.remoteAddress()));
          // A refresh token does not get a longer life by being shown: it comes back as it is.
          case REFRESH_TOKEN -> {
            String shown = wanted.required(REFRESH_TOKEN);
            service.refreshToken(shown, request.remoteAddress());
            yield shown;
          }
          default -> throw TokenRequest.invalid("the grant type is not offered here");
        };
    return secret().json(JsonWriter.document(json -> json.string(REFRESH_TOKEN, token)));
  }

  private void checkService(TokenRequest wanted) {
    Optional<String> named = wanted.field("service");
    if (named.isPresent() && !named.get().equals(service.access().loginServer())) {
      throw TokenRequest.invalid("there is no such service here");
    }
  }

  /**
   * Both names of the token, for both generations of clients. {@code issued_at} is the present: one
   * in the past makes docker fetch a token for every single request. There is no refresh token,
   * because docker would keep that instead of the password, and be signed out when it ends.
   */
  private ApiResponse grant(Session session, TokenRequest wanted) throws IOException {
    String token = service.issueAccess(session, Scopes.parse(wanted.scopes()));
    return secret()
        .json(
            JsonWriter.document(
                json -> {
                  json.string(ACCESS_TOKEN, token);
                  json.string("token", token);
                  json.integer("expires_in", service.access().accessTokenLife().toSeconds());
                  json.string(
                      "issued_at",
                      service
                          .access()
                          .clock()
                          .instant()
                          .truncatedTo(ChronoUnit.SECONDS)
                          .toString());
                }));
  }

  private static Reply secret() {
    return Reply.status(200).header("Cache-Control", "no-store");
  }
}
