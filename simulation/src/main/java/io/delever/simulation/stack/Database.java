package io.delever.simulation.stack;

/**
 * Where one service keeps its data.
 *
 * @param url JDBC URL
 * @param user user name
 * @param password password; never printed
 */
public record Database(String url, String user, String password) {
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
