package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Body;
import io.registrykit.api.RequestHandler;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of every request: find the route, find out who calls, let in or refuse, answer, and turn
 * whatever goes wrong into an answer, too. Immutable, and safe for use by any number of threads.
 */
public final class Dispatcher implements RequestHandler {
  private static final System.Logger LOG = System.getLogger("io.registrykit.api");
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int URI_TOO_LONG = 414;
  private static final int HEADERS_TOO_LARGE = 431;

  /** Room for the longest token and everything that proxies add. */
  private static final int MAX_HEADER_CHARACTERS = 64 * 1024;

  private static final int SERVER_ERROR = 500;

  private final EmbeddedRegistry registry;
  private final RouteTable table;
  private final AccessControl access;

  /**
   * A dispatcher.
   *
   * @param registry what is served
   * @param table the rows
   * @param access who is let in
   */
  public Dispatcher(EmbeddedRegistry registry, RouteTable table, AccessControl access) {
    this.registry = registry;
    this.table = table;
    this.access = access;
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    ApiResponse response;
    try {
      response = dispatch(request);
    } catch (RegistryException e) {
      response = failed(request, e);
    } catch (Throwable e) {
      response = unexpected(request, e);
    }
    return request.method().equals("HEAD") ? withoutBody(request, response) : response;
  }

  private ApiResponse dispatch(ApiRequest request) throws IOException {
    checkSize(request);
    RouteTable.Target target = table.find(RequestPath.decode(request.rawPath()));
    if (target == null) {
      return ErrorBody.of(Reply.status(404), ErrorCode.UNSUPPORTED, "no such endpoint", Map.of());
    }
    Route route = target.resource().route(request.method());
    if (route == null) {
      return ErrorBody.of(
          notAllowed(target), ErrorCode.UNSUPPORTED, "the method is not offered here", Map.of());
    }
    RepositoryName name = name(target.match().name());
    Caller caller;
    try {
      caller = admit(request, route.needs(), name);
    } catch (AccessException e) {
      return refused(request, route.needs(), name, e);
    }
    Call call =
        new Call(
            request,
            onBehalfOf(caller.principal()),
            caller,
            name,
            decoded(target.match().parameter()));
    try {
      return route.operation().answer(call);
    } catch (RegistryException e) {
      if (e.httpStatus() == METHOD_NOT_ALLOWED) {
        return ErrorBody.of(notAllowed(target), e);
      }
      throw e;
    }
  }

  /** What a lock forbids comes with the methods, too: RFC 9110 wants them with each 405. */
  private static Reply notAllowed(RouteTable.Target target) {
    return Reply.status(METHOD_NOT_ALLOWED).header(HeaderNames.ALLOW, target.resource().allowed());
  }

  private static void checkSize(ApiRequest request) {
    Optional<String> problem = request.query().problem();
    if (problem.isPresent()) {
      throw tooMuch(request.query().isTooLong() ? URI_TOO_LONG : BAD_REQUEST, problem.get());
    }
    if (request.headers().characters() > MAX_HEADER_CHARACTERS) {
      throw tooMuch(HEADERS_TOO_LARGE, "the headers are too large");
    }
  }

  private static InvalidContentException tooMuch(int status, String message) {
    return new InvalidContentException(
        status, List.of(new ErrorInfo(ErrorCode.UNSUPPORTED, message, Map.of())));
  }

  private static @Nullable RepositoryName name(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new RepositoryName(text.replace(RequestPath.ENCODED_SLASH, '/'));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(ErrorCode.NAME_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String decoded(@Nullable String parameter) {
    return parameter == null ? null : parameter.replace(RequestPath.ENCODED_SLASH, '/');
  }

  private Caller admit(ApiRequest request, Needs needs, @Nullable RepositoryName name)
      throws IOException {
    if (needs.gate() == Needs.Gate.NONE) {
      return Caller.UNASKED;
    }
    Caller caller = access.identify(request);
    boolean admitted =
        needs.gate() == Needs.Gate.SIGN_IN
            ? caller.isSignedIn()
            : caller.permits(name, needs.actions());
    if (!admitted) {
      throw access.refusal(caller, needs.on(name));
    }
    return caller;
  }

  private ApiResponse refused(
      ApiRequest request, Needs needs, @Nullable RepositoryName name, AccessException refusal) {
    Reply reply = Reply.status(refusal.httpStatus());
    if (refusal.code() == ErrorCode.UNAUTHORIZED) {
      Set<Access> wanted = BlobMounts.withSource(request, needs.on(name));
      for (String challenge : access.challenges(request, wanted)) {
        reply.header(HeaderNames.WWW_AUTHENTICATE, challenge);
      }
    }
    return ErrorBody.of(reply, refusal);
  }

  private EmbeddedRegistry onBehalfOf(Principal principal) {
    return principal.equals(Principal.ANONYMOUS) ? registry : registry.actingAs(principal);
  }

  private static ApiResponse failed(ApiRequest request, RegistryException failure) {
    return failure.httpStatus() == SERVER_ERROR
        ? unexpected(request, failure)
        : ErrorBody.of(failure);
  }

  /** Tells the log everything and the caller nothing but where to look in the log. */
  private static ApiResponse unexpected(ApiRequest request, Throwable failure) {
    String incident = UUID.randomUUID().toString();
    LOG.log(
        System.Logger.Level.ERROR,
        () -> "incident " + incident + ": " + request.method() + " " + request.rawPath(),
        failure);
    return ErrorBody.unexpected(incident);
  }

  private static ApiResponse withoutBody(ApiRequest request, ApiResponse response) {
    if (response.body() instanceof Body.Empty) {
      return response;
    }
    try (response) {
      return new ApiResponse(response.status(), response.headers(), new Body.Empty());
    } catch (IOException e) {
      return unexpected(request, e);
    }
  }
}
