// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Positional Merkle sum tree of shares
/// @notice Every node commits to the units below it, so the root proves that all shares together are the whole: no
/// list of payees, however long, can promise more than comes in.
library ShareTree {
    /// @notice A node beside the path to a share: its hash and the units below it.
    struct Sibling {
        bytes32 node;
        uint64 units;
    }

    /// @notice keccak256(0x00 || index || payee || units)
    function leafOf(uint32 index, address payee, uint64 units) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), index, payee, units));
    }

    /// @notice keccak256(0x01 || left || units of left || right || units of right)
    function nodeOf(
        bytes32 left,
        uint64 leftUnits,
        bytes32 right,
        uint64 rightUnits
    ) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x01), left, leftUnits, right, rightUnits));
    }

    /// @notice Whether the share stands at `index` of the tree of `count` shares with this root and total. Units that
    /// overflow 64 bits revert.
    function includes(
        bytes32 root,
        uint64 totalUnits,
        uint32 count,
        uint32 index,
        address payee,
        uint64 units,
        Sibling[] calldata path
    ) internal pure returns (bool) {
        if (index >= count || path.length > 32 || (uint256(1) << path.length) < count) return false;
        if (path.length != 0 && uint256(1) << (path.length - 1) >= count) return false;
        bytes32 node = leafOf(index, payee, units);
        uint64 sum = units;
        for (uint256 height = 0; height < path.length; ++height) {
            Sibling calldata sibling = path[height];
            node =
                (index >> height) & 1 == 0
                    ? nodeOf(node, sum, sibling.node, sibling.units)
                    : nodeOf(sibling.node, sibling.units, node, sum);
            sum += sibling.units;
        }
        return node == root && sum == totalUnits;
    }
}
