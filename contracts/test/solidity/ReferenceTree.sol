// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The positional tree written plainly in memory, to check the library against.
library ReferenceTree {
    function widthOf(uint256 count) internal pure returns (uint256 width) {
        width = 1;
        while (width < count) width *= 2;
    }

    function nodeOf(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @notice The root and the path of one place.
    function build(
        bytes32[] memory leaves,
        uint256 index
    ) internal pure returns (bytes32 root, bytes32[] memory path) {
        uint256 width = widthOf(leaves.length);
        bytes32[] memory level = new bytes32[](width);
        for (uint256 i = 0; i < leaves.length; ++i) level[i] = leaves[i];
        path = new bytes32[](depthOf(width));
        for (uint256 height = 0; width > 1; ++height) {
            path[height] = level[index ^ 1];
            index /= 2;
            width /= 2;
            for (uint256 i = 0; i < width; ++i) level[i] = nodeOf(level[2 * i], level[2 * i + 1]);
        }
        root = level[0];
    }

    function depthOf(uint256 width) internal pure returns (uint256 depth) {
        while (2 ** depth < width) ++depth;
    }

    function seeded(uint256 seed, uint256 count) internal pure returns (bytes32[] memory made) {
        made = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) made[i] = keccak256(abi.encode(seed, i));
    }
}
