package io.registrykit.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All rows of the protocol. Immutable, and safe for use by any number of threads. */
public final class RouteTable {
  private final List<Route> routes;

  /** The most precise template first. */
  private final Resource[] resources;

  private RouteTable(List<Route> routes, Resource[] resources) {
    this.routes = routes;
    this.resources = resources;
  }

  /**
   * Makes a table.
   *
   * @param routes the rows, in the order of the documentation
   * @return the table
   * @throws IllegalArgumentException if two rows are for the same method and path
   */
  public static RouteTable of(List<Route> routes) {
    Map<PathTemplate, List<Route>> byPath = new LinkedHashMap<>();
    for (Route route : routes) {
      List<Route> methods = byPath.computeIfAbsent(route.path(), key -> new ArrayList<>());
      if (methods.stream().anyMatch(other -> other.method().equals(route.method()))) {
        throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
      }
      methods.add(route);
    }
    Resource[] resources =
        byPath.entrySet().stream()
            .map(entry -> Resource.of(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(resource -> -resource.path().precision()))
            .toArray(Resource[]::new);
    return new RouteTable(List.copyOf(routes), resources);
  }

  /**
   * The rows.
   *
   * @return in the order of the documentation
   */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Finds what a path names.
   *
   * @param path a decoded path
   * @return the resource and its variables, or null when there is none
   */
  @Nullable Target find(String path) {
    for (Resource resource : resources) {
      PathTemplate.Match match = resource.path().match(path);
      if (match != null) {
        return new Target(resource, match);
      }
    }
    return null;
  }

  /** A resource and the variables of one path to it. */
  record Target(Resource resource, PathTemplate.Match match) {}

  /** The rows of one template. */
  record Resource(PathTemplate path, List<Route> methods, String allowed) {

    private static Resource of(PathTemplate path, List<Route> routes) {
      TreeSet<String> allowed = new TreeSet<>();
      for (Route route : routes) {
        allowed.add(route.method());
      }
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      return new Resource(path, List.copyOf(routes), String.join(", ", allowed));
    }

    /** The row for a method; that of GET for HEAD when it has none of its own. */
    @Nullable Route route(String method) {
      Route get = null;
      for (int i = 0; i < methods.size(); i++) {
        Route route = methods.get(i);
        if (route.method().equals(method)) {
          return route;
        }
        get = route.method().equals("GET") ? route : get;
      }
      return method.equals("HEAD") ? get : null;
    }
  }
}
